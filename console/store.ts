/** A value outside React that pages can follow: for what must live on while pages come and go. */
import { useSyncExternalStore } from 'react'

export type Store<T> = { get(): T; set(value: T): void; follow(listener: () => void): () => void }

export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(value, next)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.follow, store.get)
}

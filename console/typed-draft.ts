/**
 * What is typed and not saved yet, kept in the browser's tab under a name: a reload, or another page, loses nothing. While
 * nothing is typed it is what was saved, also when somebody else saves something newer.
 */
import { useState } from 'react'
import { DRAFT_KEY_PREFIX } from './draft-key.ts'

type TypedDraft<Typed> = {
  typed: Typed
  change(typed: Typed): void
  /** It was saved, or thrown away. */
  forget(): void
}

export function useTypedDraft<Typed>(name: string, saved: Typed): TypedDraft<Typed> {
  const key = `${DRAFT_KEY_PREFIX}${name}`
  const [kept, setKept] = useState(() => readDraft<Typed>(key))
  return {
    typed: kept ?? saved,
    change: (next) => {
      keep(key, next)
      setKept(next)
    },
    forget: () => {
      sessionStorage.removeItem(key)
      setKept(undefined)
    },
  }
}

/** A memory that is full is no reason not to type. */
function keep(key: string, typed: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(typed))
  } catch {
    sessionStorage.removeItem(key)
  }
}

function readDraft<Typed>(key: string): Typed | undefined {
  const kept = sessionStorage.getItem(key)
  return kept === null ? undefined : (JSON.parse(kept) as Typed)
}

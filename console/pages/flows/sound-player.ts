/** One sound is heard at a time, whoever asked for it. */
import { useEffect, useId } from 'react'
import { createStore, useStore } from '../../store.ts'

type Playing = { readonly by: string; readonly sound: HTMLAudioElement }

const playing = createStore<Playing | undefined>(undefined)

function stop(): void {
  playing.get()?.sound.pause()
  playing.set(undefined)
}

export function useSound() {
  const by = useId()
  const isPlaying = useStore(playing)?.by === by
  useEffect(() => () => (playing.get()?.by === by ? stop() : undefined), [by])

  /** Plays one address after the other. */
  function play(addresses: readonly string[]): void {
    stop()
    const [first, ...rest] = addresses
    if (first === undefined) return
    const sound = new Audio(first)
    const isMine = () => playing.get()?.sound === sound
    sound.addEventListener('ended', () => isMine() && play(rest))
    sound.addEventListener('error', () => isMine() && stop())
    playing.set({ by, sound })
    sound.play().catch(() => isMine() && stop())
  }

  return { isPlaying, play, stop }
}

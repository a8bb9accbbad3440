/**
 * The softphone of the screens-only mode: a line that comes up and on which
 * packets are counted, without a telephone engine. It takes the place of
 * jssip-softphone.ts in builds with `--mode screens` and is never shipped.
 *
 * `window.dispatchEvent(new CustomEvent('screens.line', { detail: 'lost' }))` takes the line away.
 */
import type { Softphone, SoftphoneState } from '../softphone/softphone.ts'

const COMES_UP_AFTER_MS = 250
const PACKETS_PER_MS = 0.05

/** A factory that is called with `new`, as the class it stands for is. */
export function JssipSoftphone(_loudspeaker: HTMLAudioElement): Softphone {
  let state: SoftphoneState = { state: 'idle' }
  let upSince = 0
  let dialling: ReturnType<typeof setTimeout> | undefined
  let listener: Parameters<Softphone['follow']>[0] | undefined

  const become = (next: SoftphoneState) => {
    state = next
    listener?.changed(next)
  }

  window.addEventListener('screens.line', (event) => {
    if (state.state === 'up')
      become({ state: 'down', reason: (event as CustomEvent<'lost' | 'refused'>).detail })
  })

  return {
    get state() {
      return state
    },
    connect() {
      clearTimeout(dialling)
      become({ state: 'calling' })
      dialling = setTimeout(() => {
        upSince = Date.now()
        become({ state: 'up' })
      }, COMES_UP_AFTER_MS)
    },
    hangUp() {
      clearTimeout(dialling)
      become({ state: 'idle' })
    },
    mute: () => undefined,
    audio: async () => {
      const packets = Math.floor((Date.now() - upSince) * PACKETS_PER_MS)
      return { packetsReceived: packets, packetsSent: packets, levelReceived: 0.2, levelSent: 0.2 }
    },
    letSound: async () => undefined,
    follow(next) {
      listener = next
    },
  }
}

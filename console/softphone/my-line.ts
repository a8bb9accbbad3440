/**
 * The line of this window: one for the whole console, outlasting pages and
 * changes of language. The phone itself (JsSIP) is loaded when it is first needed.
 */
import { fetchPhoneAccess, lineIsUp, proveLine } from '../desk-api.ts'
import { createStore } from '../store.ts'
import { LineKeeper, type LineView } from './line-keeper.ts'
import type { Softphone } from './softphone.ts'

export const lineView = createStore<LineView>({ state: 'off' })
/** The browser plays nothing until a key is pressed or something clicked. */
export const soundIsBlocked = createStore(false)

/** The agent has left his shift: the line does not come up again by itself. */
export const shiftIsOver = createStore(false)

/** Held by the window that has the line; taking it from another one tells that one at once, sooner than the engine could. */
const LOCK = 'javob.line'

let isMuted = false
let loading: Promise<{ keeper: LineKeeper; phone: Softphone }> | undefined

function load() {
  loading ??= import('./jssip-softphone.ts').then(({ JssipSoftphone }) => {
    const phone = new JssipSoftphone(loudspeaker())
    phone.mute(isMuted)
    const keeper = new LineKeeper({
      softphone: phone,
      askAccess: () => fetchPhoneAccess(),
      prove: proveLine,
      lineIsUp,
      after(ms, then) {
        const timer = setTimeout(then, ms)
        return () => clearTimeout(timer)
      },
      changed: lineView.set,
    })
    phone.follow({ changed: (state) => keeper.phoneChanged(state), soundBlocked: soundIsBlocked.set })
    return { keeper, phone }
  })
  return loading
}

export async function startLine(): Promise<void> {
  shiftIsOver.set(false)
  const { keeper } = await load()
  takeLock(keeper)
  await keeper.start()
}

/** Whether another window of this browser has the line. */
export async function lineIsInAnotherWindow(): Promise<boolean> {
  const locks = await navigator.locks?.query()
  return locks?.held?.some(({ name }) => name === LOCK) ?? false
}

let letLockGo: (() => void) | undefined

function takeLock(keeper: LineKeeper): void {
  // Without https there are no locks, and no microphone either.
  if (letLockGo || !navigator.locks) return
  const untilLetGo = new Promise<void>((resolve) => {
    letLockGo = resolve
  })
  navigator.locks
    .request(LOCK, { steal: true }, () => untilLetGo)
    .catch(() => keeper.giveAway())
    .finally(() => {
      letLockGo = undefined
    })
}

/** Nobody is signed in here any more. */
export async function stopLine(): Promise<void> {
  shiftIsOver.set(false)
  if (!loading) return
  const { keeper } = await loading
  letLockGo?.()
  keeper.stop()
}

export async function endShift(): Promise<void> {
  await stopLine()
  shiftIsOver.set(true)
}

export async function muteLine(muted: boolean): Promise<void> {
  isMuted = muted
  if (loading) (await loading).phone.mute(muted)
}

export async function letSound(): Promise<void> {
  if (loading) await (await loading).phone.letSound()
}

export async function lineAudio() {
  return loading && (await (await loading).phone.audio())
}

function loudspeaker(): HTMLAudioElement {
  const audio = document.createElement('audio')
  audio.autoplay = true
  document.body.append(audio)
  return audio
}

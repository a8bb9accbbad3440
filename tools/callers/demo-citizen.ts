/**
 * A simulated citizen of the demo: walks the menu, waits as long as he is patient,
 * and knows that an agent is there by hearing him.
 */
import { repeating } from './audio-port.ts'
import { Citizen, type CitizenDial, passed } from './citizen.ts'
import { toneHeard } from './hearing.ts'
import type { Walk } from './menu-walk.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, toneFrame } from './tone.ts'

/** No call of the demo is longer, whatever happens to it. */
export const LONGEST_CALL_SECONDS = 240

export type CitizenStory = { number: string; code: number; hasTalked: boolean }

/** One call from INVITE to its end. `leave` makes everybody hang up. */
export async function live(dial: CitizenDial, walk: Walk, leave: AbortSignal): Promise<CitizenStory> {
  const citizen = await Citizen.dial(dial)
  const { call } = citizen
  const hangUp = () => void call.hangUp()
  leave.addEventListener('abort', hangUp)
  const timers = [
    setTimeout(
      hangUp,
      1000 * Math.min(walk.leavesAfterSeconds ?? LONGEST_CALL_SECONDS, LONGEST_CALL_SECONDS),
    ),
  ]

  let hasTalked = false
  const talk = toneHeard(call.audio, AGENT_TONE_HZ, LONGEST_CALL_SECONDS * 1000).then(
    () => {
      hasTalked = true
      call.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
      if (walk.talksSeconds !== undefined) timers.push(setTimeout(hangUp, walk.talksSeconds * 1000))
    },
    // Nobody took the call: it ends by its own limits.
    () => undefined,
  )
  if (leave.aborted) hangUp()
  await citizen.walk(walk.keys)
  await Promise.race([talk, call.over, passed(walk.patienceSeconds * 1000)])
  if (!hasTalked) hangUp()
  await call.over

  for (const timer of timers) clearTimeout(timer)
  leave.removeEventListener('abort', hangUp)
  return { number: dial.from, code: call.answeredAt === undefined ? call.code : 200, hasTalked }
}

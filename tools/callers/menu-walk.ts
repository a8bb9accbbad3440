/**
 * What a simulated citizen intends: which keys, how patient, who hangs up. Drawn
 * from the menu of the demo organisation by seeded chance, so that a run can be
 * repeated call by call.
 */
import menu from '#core/ivr/demo-ivr.json' with { type: 'json' }

export type Walk = {
  keys: string[]
  /** Hangs up this long after the INVITE, whatever happens; a change of mind in greeting or menu. */
  leavesAfterSeconds: number | undefined
  /** How long he waits for an agent after the last key. */
  patienceSeconds: number
  /** Hangs up himself so long into the conversation; else leaves that to the agent. */
  talksSeconds: number | undefined
}

/** Shares of a whole, of all calls. Most people do as they are told. */
const LEAVES_EARLY = 0.06
const PRESSES_WRONG_FIRST = 0.05
const LISTENS_AGAIN = 0.05
const WANTS_OPERATOR = 0.1
const PRESSES_NOTHING = 0.04
const HANGS_UP_HIMSELF = 0.3
const SPEAKS_RUSSIAN = 0.12

/** Long enough to reach any stage of greeting and menu. */
const EARLY_LEAVE_MAX_SECONDS = 25
const PATIENCE_MIN_SECONDS = 6
const PATIENCE_MEAN_SECONDS = 25
const PATIENCE_MAX_SECONDS = 60

export function drawWalk(random: () => number, talkSeconds: number): Walk {
  const patience = PATIENCE_MIN_SECONDS - PATIENCE_MEAN_SECONDS * Math.log(1 - random())
  return {
    keys: drawKeys(random),
    leavesAfterSeconds: random() < LEAVES_EARLY ? 0.5 + random() * EARLY_LEAVE_MAX_SECONDS : undefined,
    patienceSeconds: Math.min(PATIENCE_MAX_SECONDS, patience),
    talksSeconds: random() < HANGS_UP_HIMSELF ? talkSeconds * (0.2 + 0.8 * random()) : undefined,
  }
}

function drawKeys(random: () => number): string[] {
  if (random() < PRESSES_NOTHING) return []
  const keys = [random() < SPEAKS_RUSSIAN ? '2' : '1']
  if (random() < PRESSES_WRONG_FIRST) keys.push('9')
  if (random() < LISTENS_AGAIN) keys.push('*')
  if (random() < WANTS_OPERATOR) return [...keys, '0']

  const first = pick(menu.menu, random)
  keys.push(first.key)
  return first.sub ? [...keys, pick(first.sub, random).key] : keys
}

export function pick<T>(from: readonly T[], random: () => number): T {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new Error('There is nothing to pick from')
  return picked
}

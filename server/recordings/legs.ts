/**
 * The two legs of a call as the engine writes them: A-law without a header, one file per side.
 *
 * The engine writes in pieces of up to four seconds and closes the files a moment after the call has ended, so they
 * are measured only when they are as long as the call or have stopped growing. Paths come from outside: only their
 * names count, and the files are looked for in the spool and nowhere else.
 */
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ALAW_RATE } from '#core/lib/a-law.ts'

/** How long after the end of the call the engine may still be closing the files. */
export const CLOSING_MAX_MS = 1_500
const CLOSING_LOOK_EVERY_MS = 50
/** A leg this close to the length of the call is complete as soon as it stands still for one look. */
const COMPLETE_WITHIN_SECONDS = 0.05
/** A shorter one must stand still for longer: the rest may be on its way. */
const STANDS_STILL_LOOKS = 6

export type Legs = { citizen: string; agent: string }
/** Samples of each leg, which are bytes; 0 for a leg that is not there. */
export type LegSizes = { citizen: number; agent: number }

export function legsIn(spool: string, row: { citizen_leg: string; agent_leg: string }): Legs {
  return { citizen: join(spool, basename(row.citizen_leg)), agent: join(spool, basename(row.agent_leg)) }
}

export async function legSizes({ citizen, agent }: Legs): Promise<LegSizes> {
  const [citizenSize, agentSize] = await Promise.all([sizeOf(citizen), sizeOf(agent)])
  return { citizen: citizenSize, agent: agentSize }
}

/** Waits, within bounds, until the engine has closed the files. */
export async function closedLegSizes(legs: Legs, expectedSeconds: number): Promise<LegSizes> {
  const deadline = performance.now() + CLOSING_MAX_MS
  let sizes = await legSizes(legs)
  let still = 0
  while (performance.now() < deadline) {
    await delay(CLOSING_LOOK_EVERY_MS)
    const now = await legSizes(legs)
    still = now.citizen === sizes.citizen && now.agent === sizes.agent ? still + 1 : 0
    sizes = now
    const shortest = Math.min(now.citizen, now.agent) / ALAW_RATE
    const isComplete = shortest >= expectedSeconds - COMPLETE_WITHIN_SECONDS
    if (
      still > 0 &&
      (isComplete || (shortest > 0 && still >= STANDS_STILL_LOOKS && isNear(shortest, expectedSeconds)))
    )
      break
  }
  return sizes
}

/** Near enough that what is missing cannot be a piece the engine still holds. */
function isNear(seconds: number, expectedSeconds: number): boolean {
  return expectedSeconds - seconds <= 0.2
}

export async function deleteLegs({ citizen, agent }: Legs): Promise<void> {
  await Promise.all([rm(citizen, { force: true }), rm(agent, { force: true })])
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

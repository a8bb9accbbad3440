/**
 * Which queues agents are not offered calls of, because they are not attested in what the queues require. It is kept in
 * memory, because routing asks for it whenever somebody comes to his desk, and read anew when something of it changes.
 * By themselves attestations only end at midnight.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { isAttested } from '#core/learning/attestation.ts'
import { type ClosedQueue, closedQueues, type Requirements } from '#core/learning/qualification.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import type { RequiringQueue } from './ports.ts'
import { NO_STANDINGS, readStandings } from './standings.ts'

type Assigned = { readonly id: StaffId; readonly queues: readonly QueueId[] }

export type QualificationDeps = {
  db: Kysely<Database>
  log: Logger
  now: () => Instant
  queues(): Promise<readonly RequiringQueue[]>
}

export type Qualification = ReturnType<typeof qualification>

export function qualification({ db, log, now, queues }: QualificationDeps) {
  let requirements: Requirements = new Map()
  let standings = NO_STANDINGS
  let lookedOn: Day = tashkentDay(now())
  const tell: ((staff?: StaffId) => void)[] = []

  async function reload(): Promise<void> {
    requirements = new Map((await queues()).map(({ queue, courses }) => [queue, courses]))
    standings = await readStandings(db)
  }

  function closedTo({ id, queues: assigned }: Assigned): ClosedQueue[] {
    const today = tashkentDay(now())
    return closedQueues(assigned, requirements, (course) =>
      isAttested(standings.of(id, course, today).standing),
    )
  }

  return {
    reload,
    closedTo,

    /** As routing is to know him: without the queues he may not be asked for. */
    qualified<Profile extends Assigned>(profile: Profile): Profile {
      const closed = closedTo(profile).map(({ queue }) => queue)
      if (closed.length === 0) return profile
      return { ...profile, queues: profile.queues.filter((queue) => !closed.includes(queue)) }
    },

    /** Told when somebody may be asked for other queues than before; without a name it may be anybody. */
    onChanged: (told: (staff?: StaffId) => void) => void tell.push(told),

    /** Reads anew what holds, then tells; a database that is away leaves what was known. */
    async changed(staff?: StaffId): Promise<void> {
      try {
        await reload()
      } catch (error) {
        log.warn({ staff, error: String(error) }, 'attestations could not be read anew')
      }
      for (const told of tell) told(staff)
    },

    /** To be called every few seconds: at midnight attestations end, for the next offer. */
    lookAtTheDay(): void {
      const today = tashkentDay(now())
      if (today === lookedOn) return
      lookedOn = today
      log.info({ today }, 'attestations of yesterday hold no more')
      for (const told of tell) told()
    },
  }
}

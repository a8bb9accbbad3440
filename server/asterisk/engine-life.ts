/**
 * Whether the engine behind a link is the one that was there before. Calls go with an
 * engine, so those that it had were broken off by our fault, and not by anybody.
 */
import { statSync } from 'node:fs'
import type { Instant } from '#core/lib/time.ts'
import type { AriLink } from './ari-link.ts'
import type { AriInfo } from './ari-objects.ts'

/** What the engine had not written yet of a leg when it died: its buffer is 32 KiB, and a second 8 000 bytes. */
const LEG_BUFFER_MS = 4_100

export class EngineLife {
  #startedAt: Instant | undefined
  #foundStartedAt: Instant | undefined
  #lostAt: Instant | undefined

  /** When the engine that is there was started. */
  get startedAt(): Instant {
    return this.#startedAt ?? 0
  }

  lost(): void {
    this.#lostAt ??= Date.now()
  }

  /** Asks the engine who it is. Says when the one before was lost, if it was another, and says it again until that is digested. */
  async look(link: AriLink): Promise<Instant | undefined> {
    const { status } = await link.get<AriInfo>(['asterisk', 'info'], { only: 'status' })
    this.#foundStartedAt = Date.parse(status.startup_time)
    const isAnother = this.#startedAt !== undefined && this.#startedAt !== this.#foundStartedAt
    return isAnother ? (this.#lostAt ?? Date.now()) : undefined
  }

  /** What followed from the last look is done. */
  digested(): void {
    this.#startedAt = this.#foundStartedAt
    this.#lostAt = undefined
  }
}

/** When a call ended that nobody saw end: a living engine closes its legs then, a dying one writes no more. */
export function endOfLeg(file: string, diedAt: Instant | undefined): Instant {
  const noticedAt = diedAt ?? Date.now()
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (written === undefined) return noticedAt
  return Math.min(noticedAt, written + (diedAt === undefined ? 0 : LEG_BUFFER_MS))
}

/**
 * Which server commands the engine: one, by a lease that is kept in the engine itself
 * (docs/decisions/0011-one-server-commands.md).
 *
 *   standby ──nobody holds it, or the holder is gone or silent──▶ holding ──another's name──▶ lost
 *
 * The holder writes its name once and beats once a second. Each beat proves that the
 * name still stands; the proof is good for PROOF_MS from the moment it was asked
 * for. A standby takes over only from a process that has ended, or one that has not
 * beaten for PATIENCE_MS, which it ends first. So who slept through his proof sends
 * nothing until he has proven himself anew, or ends.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EngineMarks } from './engine-marks.ts'
import { ownServer, readServer, type ServerProcess } from './engine-server.ts'

export type LeaseTimes = Readonly<Record<'beatMs' | 'proofMs' | 'patienceMs' | 'settleMs' | 'lookMs', number>>

export const LEASE_TIMES: LeaseTimes = {
  beatMs: 1_000,
  /** Shorter than a standby's patience by more than any request takes. */
  proofMs: 4_000,
  patienceMs: 6_000,
  /** Two that claim at once: after this time both see who was last. */
  settleMs: 100,
  lookMs: 250,
}
const LOOK_AGAIN_MS = 10
/** An engine that has just been started loads its modules. */
const ENGINE_TIMEOUT_MS = 60_000
const SAY_STANDBY_EVERY_MS = 60_000
/** Written by a server that stops in order: the next one need not wait. */
const FREE = 'free'

/** What whoever sends commands must ask before each. */
export type Mandate = {
  readonly isHeld: boolean
  /** Proves it now. Rejects if it is another's, or the engine does not say. */
  confirm(): Promise<void>
}

/** Who commands alone, because nobody else can: in tests of one server. */
export const SOLE_MANDATE: Mandate = { isHeld: true, confirm: async () => undefined }

type Seen = { holder: string; beat: string; at: number }

export class EngineLease implements Mandate {
  /** Settles when another server has taken the engine: this one must end. */
  readonly lost: Promise<void>
  readonly #marks: EngineMarks
  readonly #log: Logger
  readonly #times: LeaseTimes
  readonly #name = ownServer(randomUUID())
  readonly #losing = Promise.withResolvers<void>()
  #beats = 0
  #beating: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #provenAt = Number.NEGATIVE_INFINITY
  #hasHeld = false
  #isOver = false

  constructor(marks: EngineMarks, log: Logger, times: LeaseTimes = LEASE_TIMES) {
    this.#marks = marks
    this.#log = log
    this.#times = times
    this.lost = this.#losing.promise
  }

  /** By our own clock: a process that was stopped wakes without a mandate. */
  get isHeld(): boolean {
    return !this.#isOver && performance.now() - this.#provenAt <= this.#times.proofMs
  }

  /** Waits until nobody else commands the engine, then does. */
  async acquire(): Promise<void> {
    const standby = new Standby(this.#times.patienceMs)
    let [answeredAt, saidAt] = [performance.now(), Number.NEGATIVE_INFINITY]
    for (;;) {
      const seen = await this.#look()
      if (this.#isOver) throw new Error('Stopped while another server commanded the engine')
      if (seen) answeredAt = seen.at
      if (performance.now() - answeredAt > ENGINE_TIMEOUT_MS)
        throw new Error(`The engine did not answer within ${ENGINE_TIMEOUT_MS / 1000} s`)
      const mayTake = standby.mayTake(seen)
      if (mayTake && seen && (await this.#take(seen))) return
      if (seen?.holder && performance.now() - saidAt > SAY_STANDBY_EVERY_MS) {
        saidAt = performance.now()
        this.#log.warn(
          { holder: readServer(seen.holder)?.pid },
          'another server commands the engine: standby',
        )
      }
      // Looked too slowly, or the former is just ending: people wait for whoever takes over.
      await delay(mayTake ? LOOK_AGAIN_MS : this.#times.lookMs)
    }
  }

  async confirm(): Promise<void> {
    if (!this.#hasHeld) throw new Error('This server is a standby')
    // Asked together by several, proven once.
    this.#beating ??= this.#beat()
    try {
      await this.#beating
    } finally {
      this.#beating = undefined
    }
    if (!this.isHeld) throw new Error('Another server commands the engine')
  }

  /** In good order: whoever waits may take it at once. */
  async release(): Promise<void> {
    if (this.isHeld) await this.#marks.write('JAVOB_COMMANDED_BY', FREE)
    this.#end()
  }

  /** Both marks, or nothing while the engine does not answer. */
  async #look(): Promise<Seen | undefined> {
    const at = performance.now()
    try {
      const [holder, beat] = await Promise.all([
        this.#marks.read('JAVOB_COMMANDED_BY'),
        this.#marks.read('JAVOB_BEAT'),
      ])
      return { holder, beat, at }
    } catch (error) {
      this.#log.debug({ error: String(error) }, 'the engine does not say who commands it')
      return undefined
    }
  }

  async #take(seen: Seen): Promise<boolean> {
    const former = readServer(seen.holder)
    if (former && endServer(former, this.#log)) return false // Looked at again once it is gone.
    return await this.#claim(seen.at)
  }

  /** Not if so much time has passed since nobody was seen that another may have come. */
  async #claim(seenAt: number): Promise<boolean> {
    const { settleMs, beatMs } = this.#times
    if (performance.now() - seenAt > settleMs / 2) return false
    await this.#marks.write('JAVOB_COMMANDED_BY', this.#name)
    await delay(settleMs)
    const askedAt = performance.now()
    if ((await this.#marks.read('JAVOB_COMMANDED_BY')) !== this.#name) return false
    this.#provenAt = askedAt
    this.#hasHeld = true
    this.#timer ??= setInterval(
      () => void this.confirm().catch((error: unknown) => this.#missed(error)),
      beatMs,
    )
    this.#log.info('this server commands the engine')
    return true
  }

  async #beat(): Promise<void> {
    if (this.#isOver) return
    const askedAt = performance.now()
    const [holder] = await Promise.all([
      this.#marks.read('JAVOB_COMMANDED_BY'),
      this.#marks.write('JAVOB_BEAT', `${this.#name}~${++this.#beats}`),
    ])
    if (holder === this.#name) this.#provenAt = askedAt
    // A new engine remembers nobody. A standby lets us be the first to say so.
    else if (holder === '') await this.#claim(askedAt)
    else this.#lose(holder)
  }

  #missed(error: unknown): void {
    if (!this.#isOver) this.#log.debug({ error: String(error) }, 'the command of the engine was not proven')
  }

  #lose(holder: string): void {
    if (this.#isOver) return
    this.#log.error({ by: readServer(holder)?.pid }, 'another server has taken the engine')
    this.#end()
    this.#losing.resolve()
  }

  #end(): void {
    this.#isOver = true
    clearInterval(this.#timer)
  }
}

/** What a standby has seen of the holder, and whether that is enough to take over. */
class Standby {
  readonly #patienceMs: number
  #last: Seen | undefined
  #unchangedSince = 0
  #hasWaited = false

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  mayTake(seen: Seen | undefined): boolean {
    // An engine that does not answer says nothing about the holder: it gets its patience anew.
    if (!seen || seen.holder !== this.#last?.holder || seen.beat !== this.#last.beat) {
      this.#unchangedSince = performance.now()
    }
    this.#last = seen
    if (!seen) return false
    const { holder } = seen
    if (holder === FREE || readServer(holder)?.isGone()) return true
    if (holder === '' && !this.#hasWaited) return true
    this.#hasWaited = true
    return performance.now() - this.#unchangedSince > this.#patienceMs
  }
}

/** A silent server is ended before it is replaced: it may hold ports and files, and wake. Says whether it was there. */
function endServer(server: ServerProcess, log: Logger): boolean {
  try {
    const wasThere = server.kill()
    if (wasThere) log.error({ pid: server.pid }, 'a server that commanded the engine was silent and is ended')
    return wasThere
  } catch (error) {
    // Another user's: its proof has run out, so it commands nothing any more.
    log.error({ pid: server.pid, error: String(error) }, 'a silent server could not be ended')
    return false
  }
}

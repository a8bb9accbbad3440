/** Alarms about the memory itself: they are kept until the database can take them. */
import type { Logger } from 'pino'

type Raise = (kind: string, subject: string, detail: string) => Promise<void>

const TRY_AGAIN_MS = 5_000

export class LateAlarms {
  readonly #raise: Raise
  readonly #log: Logger
  /** The latest of each kind and subject: a few. */
  readonly #waiting = new Map<string, { kind: string; subject: string; detail: string }>()
  #timer: NodeJS.Timeout | undefined

  constructor(raise: Raise, log: Logger) {
    this.#raise = raise
    this.#log = log
  }

  raise(kind: string, subject: string, detail: string): void {
    this.#waiting.set(`${kind} ${subject}`, { kind, subject, detail })
    if (!this.#timer) void this.#tell()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #tell(): Promise<void> {
    this.#timer = undefined
    for (const [key, alarm] of this.#waiting) {
      try {
        await this.#raise(alarm.kind, alarm.subject, alarm.detail)
        this.#waiting.delete(key)
      } catch (error) {
        this.#log.warn({ kind: alarm.kind, error: String(error) }, 'an alarm waits for the database')
      }
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#tell(), TRY_AGAIN_MS)
  }
}

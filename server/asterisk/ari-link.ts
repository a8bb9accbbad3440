/**
 * The lasting link to Asterisk: one socket after another. A socket that ends is
 * followed by a new one at once, then ever less eagerly up to once a second. A
 * server that another one has replaced opens none and sends nothing.
 * Requests made while there is none fail with AriLost; nothing is queued, because a
 * command that arrives late may meet another caller.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AriEvent } from './ari-objects.ts'
import type { Mandate } from './engine-lease.ts'
import { type AriAddress, AriLost, type AriPath, type AriRequest, AriSocket } from './ari-socket.ts'

const FIRST_RETRY_MS = 50
const SLOWEST_RETRY_MS = 1_000
/** An engine that has just been started loads its modules. */
const START_TIMEOUT_MS = 60_000

export type AriLinkHandlers = {
  onEvent(event: AriEvent): void
  /** A socket is open. Events wait in it until this has looked at what is standing. */
  onUp(): Promise<void>
  onDown(): void
}

export type AriLinkPlace = { address: AriAddress; log: Logger; mandate: Mandate }

export class AriLink {
  readonly #address: AriAddress
  readonly #log: Logger
  readonly #handlers: AriLinkHandlers
  readonly #mandate: Mandate
  #socket: AriSocket | undefined
  #isStopped = false

  constructor({ address, log, mandate }: AriLinkPlace, handlers: AriLinkHandlers) {
    this.#address = address
    this.#log = log
    this.#mandate = mandate
    this.#handlers = handlers
  }

  get isUp(): boolean {
    return this.#socket !== undefined
  }

  async start(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS
    await this.#open(() => Date.now() > deadline)
    if (!this.#socket) throw new Error(`The engine did not answer within ${START_TIMEOUT_MS / 1000} s`)
  }

  stop(): void {
    this.#isStopped = true
    this.#socket?.close('stopped')
  }

  async request(request: AriRequest): Promise<unknown> {
    // Whoever has slept proves first that he is still the one; what was asked meanwhile follows in its order.
    if (this.#socket && !this.#mandate.isHeld) await this.#prove()
    if (!this.#socket || !this.#mandate.isHeld) throw new AriLost(whatOf(request))
    return await this.#socket.request(request)
  }

  async get<Answer>(path: AriPath, query: Record<string, string> = {}): Promise<Answer> {
    return (await this.request({ method: 'GET', path, query })) as Answer
  }

  async #prove(): Promise<void> {
    try {
      await this.#mandate.confirm()
    } catch (error) {
      this.#log.info({ error: messageOf(error) }, 'nothing is commanded: it is not proven that we may')
    }
  }

  async #open(isTooLate: () => boolean): Promise<void> {
    for (
      let wait = FIRST_RETRY_MS;
      !this.#isStopped && !isTooLate();
      wait = Math.min(wait * 2, SLOWEST_RETRY_MS)
    ) {
      if (await this.#tryOnce()) return
      await delay(wait)
    }
  }

  async #tryOnce(): Promise<boolean> {
    const early: AriEvent[] = []
    let isLookingAround = true
    let overBecause: string | undefined
    try {
      // A socket takes the events from whoever had them.
      await this.#mandate.confirm()
      this.#socket = await AriSocket.connect(this.#address, {
        onEvent: (event) => (isLookingAround ? early.push(event) : this.#handle(event)),
        onOver: (why) => {
          overBecause = why
          // Lost before it was of use: whoever is opening it tries again, and nobody beside him.
          if (!isLookingAround) this.#over(why)
        },
      })
      await this.#handlers.onUp()
      if (overBecause !== undefined) throw new Error(overBecause)
      isLookingAround = false
      for (const event of early) this.#handle(event)
      this.#log.info('linked to the engine')
      return true
    } catch (error) {
      this.#log.debug({ error: messageOf(error) }, 'the engine could not be reached')
      const half = this.#socket
      this.#socket = undefined
      half?.close('it could not be used')
      return false
    }
  }

  #handle(event: AriEvent): void {
    try {
      this.#handlers.onEvent(event)
    } catch (error) {
      // One event that we cannot digest must not cost the others.
      this.#log.error(
        { event: event.type, error: messageOf(error) },
        'an event of the engine was not digested',
      )
    }
  }

  #over(why: string): void {
    this.#socket = undefined
    if (this.#isStopped) return
    this.#log.warn({ why }, 'the link to the engine is lost')
    this.#handlers.onDown()
    void this.#open(() => false)
  }
}

function whatOf({ method, path }: AriRequest): string {
  return `${method} ${path[0] ?? ''}`
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

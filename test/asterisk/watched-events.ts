/** Remembers what the engine reported and lets a test wait for what comes next. */
import type { MediaEvent } from '../../server/calls/ports.ts'

const PATIENCE_MS = 15_000

type Of<Type extends MediaEvent['type']> = Extract<MediaEvent, { type: Type }>
type Waiting = { fits: (event: MediaEvent) => boolean; resolve: (event: MediaEvent) => void }

export class WatchedEvents {
  readonly all: MediaEvent[] = []
  readonly #waiting = new Set<Waiting>()
  /** Events before this one have been seen by the test. */
  #seen = 0

  readonly take = (event: MediaEvent): void => {
    this.all.push(event)
    for (const waiting of this.#waiting) {
      if (!waiting.fits(event)) continue
      this.#waiting.delete(waiting)
      this.#seen = this.all.length
      waiting.resolve(event)
    }
  }

  /** The next event of the type, counted from the last one that was waited for. */
  async next<Type extends MediaEvent['type']>(type: Type, patienceMs = PATIENCE_MS): Promise<Of<Type>> {
    const fits = (event: MediaEvent): event is Of<Type> => event.type === type
    const index = this.all.findIndex((event, at) => at >= this.#seen && fits(event))
    const there = this.all[index]
    if (there && fits(there)) {
      this.#seen = index + 1
      return there
    }
    return await new Promise<Of<Type>>((resolve, reject) => {
      const waiting: Waiting = { fits, resolve: (event) => resolve(event as Of<Type>) }
      this.#waiting.add(waiting)
      setTimeout(() => {
        this.#waiting.delete(waiting)
        reject(new Error(`No ${type} came; since the last: ${JSON.stringify(this.all.slice(this.#seen))}`))
      }, patienceMs).unref()
    })
  }

  count(type: MediaEvent['type']): number {
    return this.all.filter((event) => event.type === type).length
  }

  /** What comes before this is not looked at any more. */
  forget(): void {
    this.all.splice(0)
    this.#seen = 0
  }
}

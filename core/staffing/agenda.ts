/** What will happen and when, in virtual time. What is due in the same millisecond happens in the order in which it was noted. */
import type { Instant } from '#core/lib/time.ts'
import { Heap } from './heap.ts'

export type Entry<What> = { readonly at: Instant; readonly ordinal: number; readonly what: What }

export class Agenda<What> {
  readonly #entries = new Heap<Entry<What>>((a, b) => a.at < b.at || (a.at === b.at && a.ordinal < b.ordinal))
  #ordinal = 0

  note(at: Instant, what: What): void {
    this.#entries.add({ at, ordinal: ++this.#ordinal, what })
  }

  /** The next entry, which is crossed out; nothing when no more will happen. */
  next(): Entry<What> | undefined {
    return this.#entries.take()
  }
}

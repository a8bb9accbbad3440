/**
 * Packets of a sound that never came, told by the numbers of those that did, for each
 * source (RFC 3550, appendix A.1 and A.3).
 */

/** A number so far ahead is a stream that started over, not a loss (RFC 3550, A.1: MAX_DROPOUT). */
const DROPOUT_MAX = 3_000
const NUMBERS = 0x1_0000

type Numbered = { source: number; sequence: number }
type Source = { highest: number; expected: number }

export class PacketLoss {
  received = 0
  readonly #sources = new Map<number, Source>()

  hear({ source, sequence }: Numbered): void {
    this.received++
    const known = this.#sources.get(source)
    if (!known) return void this.#sources.set(source, { highest: sequence, expected: 1 })
    const ahead = (sequence - known.highest + NUMBERS) % NUMBERS
    // Late, or twice: it was expected before.
    if (ahead === 0 || ahead > NUMBERS / 2) return
    known.expected += ahead < DROPOUT_MAX ? ahead : 1
    known.highest = sequence
  }

  get expected(): number {
    return [...this.#sources.values()].reduce((sum, { expected }) => sum + expected, 0)
  }

  get lost(): number {
    return Math.max(0, this.expected - this.received)
  }
}

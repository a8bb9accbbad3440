/** Numbers in [0, 1) that are the same for the same seed: chance for tests and simulations, which must be repeatable. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    // Mulberry32: unlike a plain linear congruence, its first numbers for neighbouring seeds are unlike each other.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

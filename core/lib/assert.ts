/** Makes the compiler complain when a case of a union has been forgotten. */
export function unreachable(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`)
}

/** Stops at our own mistake. What a citizen or an agent can cause is never asserted, but answered. */
export function assert(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(`Must hold: ${what}`)
}

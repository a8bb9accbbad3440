/** Milliseconds of each of `count` things, so many of them at once. */
export async function timed(
  { count, atOnce }: { count: number; atOnce: number },
  work: () => Promise<unknown>,
): Promise<number[]> {
  const durations: number[] = []
  let left = count
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const started = performance.now()
        await work()
        durations.push(performance.now() - started)
      }
    }),
  )
  return durations
}

/** Two sides taking turns, so that both meet the same machine, however it changes. */

export type Pair<Result> = { ours: Result; peer: Result }

export async function interleaved<Side, Result>(
  pairs: number,
  sides: { ours: Side; peer: Side },
  run: (side: Side, round: number) => Promise<Result>,
): Promise<Pair<Result>[]> {
  const results: Pair<Result>[] = []
  for (let round = 0; round < pairs; round++) {
    // A B, B A, A B …: whatever warms up or wears out does so for both.
    if (round % 2 === 0) {
      const ours = await run(sides.ours, round)
      results.push({ ours, peer: await run(sides.peer, round) })
    } else {
      const peer = await run(sides.peer, round)
      results.push({ ours: await run(sides.ours, round), peer })
    }
  }
  return results
}

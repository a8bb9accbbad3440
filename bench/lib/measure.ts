/** What every benchmark returns: its figures, each with its target and, where there is one, its peer from the same run. */

export type Measure = {
  name: string
  /** What was done to get the figure, and its unit. */
  work: string
  ours: number | null
  peer: number | null
  ratio: number | null
  target: number
  pass: boolean
}

/** A figure that must not be above its target. One that could not be taken does not pass. */
export function atMost(
  target: number,
  figure: { name: string; work: string; ours: number | undefined; peer?: number | undefined },
): Measure {
  const { name, work, ours, peer } = figure
  return {
    name,
    work,
    ours: rounded(ours),
    peer: rounded(peer),
    ratio: ours !== undefined && peer !== undefined && peer > 0 ? rounded(ours / peer) : null,
    target,
    pass: ours !== undefined && ours <= target,
  }
}

/** The value that 95 of 100 do not exceed (nearest rank). */
export function p95(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1]
}

function rounded(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value * 1000) / 1000
}

/** What every benchmark returns: its figures, each with its target and, where there is one, its peer from the same run. */

/**
 * How a figure keeps its target.
 *
 * - `atMost`, `atLeast`: ours against the target.
 * - `ratioAtMost`, `ratioAtLeast`: ours ÷ peer against the target.
 * - `withinPercent`: ours is off its peer, which is the truth, by no more than so many per cent.
 */
export const MEASURE_RULES = ['atMost', 'atLeast', 'ratioAtMost', 'ratioAtLeast', 'withinPercent'] as const
export type MeasureRule = (typeof MEASURE_RULES)[number]

export type Measure = {
  name: string
  /** What was done to get the figure, and its unit. */
  work: string
  ours: number | null
  peer: number | null
  ratio: number | null
  rule: MeasureRule
  target: number
  pass: boolean
}

type Figure = { name: string; work: string; ours: number | undefined; peer?: number | undefined }
type Compared = Figure & { peer: number | undefined }

/** A figure that must not be above its target. One that could not be taken does not pass. */
export function atMost(target: number, figure: Figure): Measure {
  const { ours } = figure
  return measure('atMost', target, figure, ours !== undefined && ours <= target)
}

/** A figure that must not be below its target. */
export function atLeast(target: number, figure: Figure): Measure {
  const { ours } = figure
  return measure('atLeast', target, figure, ours !== undefined && ours >= target)
}

/** A figure that must not be more than so many times its peer's. */
export function ratioAtMost(target: number, figure: Compared): Measure {
  const ratio = ratioOf(figure)
  return measure('ratioAtMost', target, figure, ratio !== undefined && ratio <= target)
}

/** A figure that must be so many times its peer's at least. */
export function ratioAtLeast(target: number, figure: Compared): Measure {
  const ratio = ratioOf(figure)
  return measure('ratioAtLeast', target, figure, ratio !== undefined && ratio >= target)
}

/** A figure that must be its peer's but for so many per cent. */
export function withinPercent(target: number, figure: Compared): Measure {
  const ratio = ratioOf(figure)
  return measure('withinPercent', target, figure, ratio !== undefined && Math.abs(ratio - 1) * 100 <= target)
}

/** The value that 95 of 100 do not exceed (nearest rank). */
export function p95(values: readonly number[]): number | undefined {
  return percentile(values, 95)
}

/** The value that so many of 100 do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]
}

export function median(values: readonly number[]): number | undefined {
  return percentile(values, 50)
}

function measure(rule: MeasureRule, target: number, figure: Figure, keepsIt: boolean): Measure {
  const { name, work, ours, peer } = figure
  const isTaken = ours !== undefined && Number.isFinite(ours)
  return {
    name,
    work,
    ours: rounded(ours),
    peer: rounded(peer),
    ratio: rounded(ratioOf(figure)),
    rule,
    target,
    pass: isTaken && keepsIt,
  }
}

function ratioOf({ ours, peer }: Figure): number | undefined {
  return ours !== undefined && peer !== undefined && peer > 0 ? ours / peer : undefined
}

/** Counts as they are, the rest to four digits that mean something: a microsecond told in milliseconds is not nothing. */
function rounded(value: number | undefined): number | null {
  if (value === undefined || !Number.isFinite(value)) return null
  return Number.isInteger(value) ? value : Number(value.toPrecision(4))
}

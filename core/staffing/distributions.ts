/**
 * How long something takes, as a matter of chance.
 *
 * - `constant`: always the same.
 * - `exponential`: forgets its past; what queueing theory assumes.
 * - `lognormal`: what talks look like when they are measured: most are short, a few very long
 *   (L. Brown et al., "Statistical analysis of a telephone call center", 2005).
 */
import { unreachable } from '#core/lib/assert.ts'

export type Distribution =
  | { readonly kind: 'constant'; readonly seconds: number }
  | { readonly kind: 'exponential'; readonly meanSeconds: number }
  | { readonly kind: 'lognormal'; readonly meanSeconds: number; readonly deviationSeconds: number }

export const NO_TIME: Distribution = { kind: 'constant', seconds: 0 }

/** `random` gives numbers in [0, 1). A kind always takes as many of them, so that draws do not shift one another. */
export function drawSeconds(distribution: Distribution, random: () => number): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.seconds
    case 'exponential':
      return distribution.meanSeconds * drawExponential(random)
    case 'lognormal': {
      const { meanSeconds, deviationSeconds } = distribution
      // The logarithm is normal: with this variance, and the mean that gives the mean wanted.
      const variance = Math.log(1 + (deviationSeconds / meanSeconds) ** 2)
      return meanSeconds * Math.exp(Math.sqrt(variance) * drawNormal(random) - variance / 2)
    }
    default:
      return unreachable(distribution)
  }
}

/** Virtual time goes by whole milliseconds, as real time does for the engine. */
export function inMs(seconds: number): number {
  return Math.round(seconds * 1000)
}

export function meanSeconds(distribution: Distribution): number {
  return distribution.kind === 'constant' ? distribution.seconds : distribution.meanSeconds
}

/** Exponential with mean 1. */
export function drawExponential(random: () => number): number {
  return -Math.log(1 - random())
}

/** Standard normal, by Box and Muller. */
function drawNormal(random: () => number): number {
  return Math.sqrt(2 * drawExponential(random)) * Math.cos(2 * Math.PI * random())
}

/**
 * What queueing theory says of a queue of one kind of call: the limit that no
 * routing can beat, and the yardstick of the simulator.
 *
 * Calls arrive by chance (Poisson), each keeps one of the agents for an
 * exponential time, and the one that waited longest is next. Erlang C lets
 * everybody wait for ever, Erlang A lets each caller give up after an
 * exponential time of his own. Neither knows skills, hours of the day or breaks:
 * that is what simulate.ts is for.
 *
 * - Erlang B and C: A. K. Erlang, "Solution of some problems in the theory of
 *   probabilities of significance in automatic telephone exchanges" (1917). The
 *   recursion for B: V. B. Iversen, "Teletraffic Engineering Handbook" (ITU-D
 *   SG 2/16), numerical evaluation of Erlang's B-formula.
 * - Erlang A: C. Palm (1943). The form used here: A. Mandelbaum and S. Zeltyn,
 *   "Service engineering in action: the Palm/Erlang-A queue" (2007).
 */

/** One kind of call and those who take it. */
export type Load = {
  readonly agents: number
  readonly callsPerHour: number
  /** Mean seconds that a call keeps an agent: talk, hold and wrap-up. */
  readonly handleSeconds: number
}

const HOUR_SECONDS = 3600
/** What is left of the sums beyond this share of them is smaller than the error of a double. */
const NEGLIGIBLE_SHARE = 1e-16
/** Sums are scaled down by it before a double overflows; an overloaded queue has states that likely. */
const RESCALE_ABOVE = 1e200

/** Offered traffic: how many agents would be busy on average if there were always one free. */
export function erlangs({ callsPerHour, handleSeconds }: Load): number {
  return (callsPerHour * handleSeconds) / HOUR_SECONDS
}

/**
 * Erlang B: the share of calls that find all agents busy where nobody can wait.
 * `B(0) = 1`, `B(n) = a·B(n−1) / (n + a·B(n−1))`: every step is between 0 and 1, so it stays exact for any number.
 */
export function erlangB(agents: number, offered: number): number {
  let blocked = 1
  for (let n = 1; n <= agents; n++) blocked = (offered * blocked) / (n + offered * blocked)
  return blocked
}

export type ErlangC = {
  /** Share of callers who do not find a free agent. */
  readonly waitShare: number
  /** Mean wait of all callers; infinite where more work arrives than the agents can do. */
  readonly asaSeconds: number
  /** Share of callers who wait no longer than this. */
  readonly serviceLevel: (seconds: number) => number
}

/**
 * Erlang C, with `a` the offered traffic, `N` agents and `ρ = a/N`:
 * `Pw = B / (1 − ρ(1 − B))`, `ASA = Pw·AHT/(N − a)`, `SL(t) = 1 − Pw·e^(−(N − a)t/AHT)`.
 */
export function erlangC(load: Load): ErlangC {
  const { agents, handleSeconds } = load
  const offered = erlangs(load)
  if (offered >= agents) return { waitShare: 1, asaSeconds: Number.POSITIVE_INFINITY, serviceLevel: () => 0 }
  const blocked = erlangB(agents, offered)
  const waitShare = blocked / (1 - (offered / agents) * (1 - blocked))
  const spare = agents - offered
  return {
    waitShare,
    asaSeconds: (waitShare * handleSeconds) / spare,
    serviceLevel: (seconds) => 1 - waitShare * Math.exp((-spare * seconds) / handleSeconds),
  }
}

export type ErlangA = {
  /** Share of callers who do not find a free agent. */
  readonly waitShare: number
  /** Share of callers who give up. */
  readonly abandonShare: number
  /** Mean wait of all callers, those who give up among them. */
  readonly meanWaitSeconds: number
}

/**
 * Erlang A. With all agents busy and nobody waiting as the unit of likelihood, the states with fewer calls add up to
 * `1/B`, and the one with `j` callers waiting is `u(j) = u(j−1)·λ / (Nμ + jθ)` likely; `θ` is one over the mean patience.
 * The mean number waiting gives the rest by Little's law: `W = Q/λ`, abandoned `= θW`.
 */
export function erlangA(load: Load & { readonly patienceSeconds: number }): ErlangA {
  const { agents, handleSeconds, patienceSeconds } = load
  const perSecond = load.callsPerHour / HOUR_SECONDS
  if (perSecond === 0) return { waitShare: 0, abandonShare: 0, meanWaitSeconds: 0 }
  let notAllBusy = 1 / erlangB(agents, erlangs(load)) - 1
  let [likely, allBusy, waiting] = [1, 1, 0]
  for (let j = 1; ; j++) {
    const ratio = perSecond / (agents / handleSeconds + j / patienceSeconds)
    likely *= ratio
    allBusy += likely
    waiting += j * likely
    if (ratio < 1 && j * likely < NEGLIGIBLE_SHARE * (1 - ratio) * waiting) break
    if (allBusy < RESCALE_ABOVE) continue
    notAllBusy /= RESCALE_ABOVE
    likely /= RESCALE_ABOVE
    allBusy /= RESCALE_ABOVE
    waiting /= RESCALE_ABOVE
  }
  const all = notAllBusy + allBusy
  const meanWaitSeconds = waiting / all / perSecond
  return { waitShare: allBusy / all, abandonShare: meanWaitSeconds / patienceSeconds, meanWaitSeconds }
}

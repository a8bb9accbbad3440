/**
 * How sure it is that a telephone number is a citizen's. Anyone can forge the number he calls from and families share
 * one, so even the surest is no proof of who is speaking: it says whom to ask for.
 *
 *   claimed ──callFrom──▶ calledFrom ──confirm──▶ confirmed
 *      └────────────────confirm──────────────────────▲
 *   deny leads from each of them to notHis, and claim back to claimed.
 */
import type { Moves } from '../lib/moves.ts'

/** From the least sure to the surest. */
export const NUMBER_STANDINGS = ['notHis', 'claimed', 'calledFrom', 'confirmed'] as const
export type NumberStanding = (typeof NUMBER_STANDINGS)[number]

export const NUMBER_ACTIONS = ['claim', 'callFrom', 'confirm', 'deny'] as const
export type NumberAction = (typeof NUMBER_ACTIONS)[number]

export const NUMBER_MOVES: Moves<NumberStanding, NumberAction> = {
  /** Somebody named it: the citizen, or whoever wrote the card. */
  claimed: { callFrom: 'calledFrom', confirm: 'confirmed', deny: 'notHis' },
  /** An agent said that it was he who called from it. */
  calledFrom: { confirm: 'confirmed', deny: 'notHis' },
  /** He was called there and answered, or typed the code that was sent there. */
  confirmed: { deny: 'notHis' },
  notHis: { claim: 'claimed', confirm: 'confirmed' },
}

/** Of one number on several cards of a citizen, the surest counts. */
export function strongest(standings: readonly NumberStanding[]): NumberStanding {
  const place = Math.max(...standings.map((one) => NUMBER_STANDINGS.indexOf(one)))
  return NUMBER_STANDINGS[place] ?? 'claimed'
}

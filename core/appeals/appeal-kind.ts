/**
 * The kinds of appeals, by article 3 of the Law „On appeals of individuals and legal entities" (OʻRQ-445).
 *
 * A question answered in the call itself is none of them: it is a consultation and stays with the call. The appeal
 * against a test score has a procedure of its own and is none of them either.
 */
import type { Texts } from '#core/lib/languages.ts'

export const APPEAL_KINDS = ['application', 'proposal', 'complaint'] as const
export type AppealKind = (typeof APPEAL_KINDS)[number]

/** The words of the law. */
export const APPEAL_KIND_TERMS: Readonly<Record<AppealKind, Texts>> = {
  /** A request for help in exercising rights, freedoms and lawful interests. */
  application: { uz: 'ariza', ru: 'заявление' },
  /** A recommendation to improve the work of the state and of society. */
  proposal: { uz: 'taklif', ru: 'предложение' },
  /** A demand to restore violated rights and to protect lawful interests. */
  complaint: { uz: 'shikoyat', ru: 'жалоба' },
}

/**
 * What whoever approves an appeal has looked at: what the law asks of every appeal (article 6: who, where he lives, the
 * essence; nothing that slanders or insults), that it is ours to decide (article 25), and what its kind is about.
 */
import type { AppealKind } from './appeal-kind.ts'

export const APPEAL_CHECKS = [
  'nameInFull',
  'residence',
  'essence',
  'nothingAdded',
  'noInsult',
  'isOurs',
  'whatIsAsked',
  'whatWasViolated',
  'whatIsProposed',
] as const
export type AppealCheck = (typeof APPEAL_CHECKS)[number]

const OF_EVERY_KIND = ['nameInFull', 'residence', 'essence', 'nothingAdded', 'noInsult', 'isOurs'] as const

const OF_KIND: Readonly<Record<AppealKind, AppealCheck>> = {
  application: 'whatIsAsked',
  complaint: 'whatWasViolated',
  proposal: 'whatIsProposed',
}

export function checklistOf(kind: AppealKind): readonly AppealCheck[] {
  return [...OF_EVERY_KIND, OF_KIND[kind]]
}

export function uncheckedOf(kind: AppealKind, checked: readonly string[]): AppealCheck[] {
  return checklistOf(kind).filter((check) => !checked.includes(check))
}

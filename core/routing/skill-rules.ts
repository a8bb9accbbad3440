/**
 * Which agents may be asked for a call, by skills with levels, and how that
 * relaxes while the caller waits.
 *
 * A language is a skill like any other; `language` in a rule stands for the one
 * the caller has chosen. Rules only ever relax: whoever may be asked now may be
 * asked later too (check-skill-rules.ts refuses others). The engine relies on it: of
 * calls that are otherwise alike, the one that waited longest can be taken by
 * everybody who can take another.
 */
import type { SkillId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'

/** From 1, knows a little, to 100; a skill that is not there is 0. */
export type SkillLevels = Readonly<Record<SkillId, number>>

export const SKILL_LEVEL_MAX = 100
export const CALLERS_LANGUAGE = 'language'

export type SkillNeed = { readonly skill: SkillId | typeof CALLERS_LANGUAGE; readonly atLeast: number }

/** What is needed from `fromSeconds` of waiting on. No needs: anybody who serves the queue. */
export type SkillStep = { readonly fromSeconds: number; readonly needs: readonly SkillNeed[] }

/** In the order of waiting; the first begins at 0. */
export type SkillRules = readonly SkillStep[]

/** Unless a queue says otherwise: he speaks the language, however well. */
export const SPEAKS_THE_LANGUAGE: SkillRules = [
  { fromSeconds: 0, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 1 }] },
]

export function needsAfter(rules: SkillRules, waitedMs: number): readonly SkillNeed[] {
  // The first step holds from the beginning, be it a moment ahead of a clock that was set back.
  let needs = rules[0]?.needs ?? []
  for (const step of rules) if (step.fromSeconds * 1000 <= waitedMs) needs = step.needs
  return needs
}

export function hasSkills(skills: SkillLevels, needs: readonly SkillNeed[], language: CallLanguage): boolean {
  return needs.every((need) => levelIn(skills, need, language) >= need.atLeast)
}

/** How good he is at what the queue asks for first: the sum of the levels. */
export function skillScore(skills: SkillLevels, rules: SkillRules, language: CallLanguage): number {
  return needsAfter(rules, 0).reduce((sum, need) => sum + levelIn(skills, need, language), 0)
}

/** Of people who speak these languages, without anything said about how well. */
export function fluentIn(languages: readonly CallLanguage[]): SkillLevels {
  return Object.fromEntries(languages.map((language) => [language, SKILL_LEVEL_MAX]))
}

function levelIn(skills: SkillLevels, { skill }: SkillNeed, language: CallLanguage): number {
  return skills[skill === CALLERS_LANGUAGE ? (language as string as SkillId) : skill] ?? 0
}

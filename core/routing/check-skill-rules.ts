/**
 * Whether rules of skills can be meant: each step asks for something that exists and that somebody has, none asks for
 * more than the one before it, and at the last one somebody may be asked for every caller.
 */
import type { SkillId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Report } from './queue-problems.ts'
import type { AgentServes } from './routing-events.ts'
import {
  CALLERS_LANGUAGE,
  hasSkills,
  SKILL_LEVEL_MAX,
  type SkillNeed,
  type SkillRules,
  type SkillStep,
} from './skill-rules.ts'

export const SKILL_STEPS_MAX = 10
export const SKILL_NEEDS_MAX = 10

type Circumstances = {
  /** Those who serve the queue. */
  readonly agents: readonly AgentServes[]
  readonly skills: readonly SkillId[]
  readonly languages: readonly CallLanguage[]
  readonly longestWaitSeconds: number
}

type ReportStep = (code: Parameters<Report>[0], params?: Parameters<Report>[1]['params']) => void

export function checkSkillRules(rules: SkillRules, around: Circumstances, report: Report): void {
  if (rules.length === 0) return report('noSteps', { field: 'skills' })
  if (rules.length > SKILL_STEPS_MAX) {
    const params = { count: rules.length, most: SKILL_STEPS_MAX }
    return report('tooManySteps', { field: 'skills', params })
  }
  for (const [index, step] of rules.entries()) {
    let isSound = true
    const here: ReportStep = (code, params = {}) => {
      isSound = false
      report(code, { field: 'skills', line: index + 1, params })
    }
    checkTime(step, { before: rules[index - 1], longestWaitSeconds: around.longestWaitSeconds }, here)
    checkNeeds(step, around, here)
    const before = rules[index - 1]
    // What else could be said of a step that makes no sense would only confuse.
    if (isSound && before) checkRelaxes(before, step, around.languages, here)
    if (isSound && around.agents.length > 0) {
      checkSomebodyHas(step, { ...around, isLast: index === rules.length - 1 }, here)
    }
  }
}

function checkTime(
  { fromSeconds }: SkillStep,
  { before, longestWaitSeconds }: { before: SkillStep | undefined; longestWaitSeconds: number },
  here: ReportStep,
): void {
  const isInOrder = before ? fromSeconds > before.fromSeconds : fromSeconds === 0
  if (!isInOrder || !Number.isInteger(fromSeconds)) here('stepsOutOfOrder')
  else if (fromSeconds >= longestWaitSeconds)
    here('neverApplies', { from: fromSeconds, most: longestWaitSeconds })
}

function checkNeeds({ needs }: SkillStep, { skills }: Circumstances, here: ReportStep): void {
  if (needs.length > SKILL_NEEDS_MAX)
    return here('tooManyNeeds', { count: needs.length, most: SKILL_NEEDS_MAX })
  for (const [index, { skill, atLeast: level }] of needs.entries()) {
    if (skill !== CALLERS_LANGUAGE && !skills.includes(skill)) here('unknownSkill', { skill })
    if (!Number.isInteger(level) || level < 1 || level > SKILL_LEVEL_MAX)
      here('levelOutOfRange', { skill, level, most: SKILL_LEVEL_MAX })
    if (needs.findIndex((other) => other.skill === skill) < index) here('skillTwice', { skill })
  }
}

/** For each language: whoever could be asked before can be asked still. */
function checkRelaxes(
  before: SkillStep,
  { needs }: SkillStep,
  languages: readonly CallLanguage[],
  here: ReportStep,
): void {
  const stricter = needs.find(({ skill, atLeast }) =>
    languages.some((language) => askedFor(before.needs, skillIn(skill, language), language) < atLeast),
  )
  if (stricter) here('stricter', { skill: stricter.skill })
}

/** How much of a skill the needs ask for, for a caller who has chosen this language. */
function askedFor(needs: readonly SkillNeed[], skill: SkillId, language: CallLanguage): number {
  const levels = needs.filter((need) => skillIn(need.skill, language) === skill).map(({ atLeast }) => atLeast)
  return Math.max(0, ...levels)
}

function checkSomebodyHas(
  { needs }: SkillStep,
  { agents, isLast, languages }: Circumstances & { isLast: boolean },
  here: ReportStep,
): void {
  const unserved = languages.filter(
    (language) => !agents.some(({ skills }) => hasSkills(skills, needs, language)),
  )
  if (unserved.length === languages.length) return sayWhatNobodyHas(needs, { agents, languages }, here)
  // An earlier step may be for some languages only; at the last one nobody is left to wait for.
  if (isLast) for (const language of unserved) here('languageUnserved', { language })
}

function sayWhatNobodyHas(
  needs: readonly SkillNeed[],
  { agents, languages }: Pick<Circumstances, 'agents' | 'languages'>,
  here: ReportStep,
): void {
  for (const { skill, atLeast: level } of needs) {
    const named = languages.map((language) => skillIn(skill, language))
    const best = Math.max(0, ...agents.flatMap(({ skills }) => named.map((each) => skills[each] ?? 0)))
    if (best < level) return here('beyondAgents', { skill, level, best })
  }
  here('nobodyHasAll')
}

function skillIn(skill: SkillNeed['skill'], language: CallLanguage): SkillId {
  return skill === CALLERS_LANGUAGE ? (language as string as SkillId) : skill
}

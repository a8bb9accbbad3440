/**
 * A house like ours in the season: three queues, two languages, one matter that
 * not everybody knows, and as many calls as forty agents can take in good time.
 * The numbers are an estimate to begin with, not a measurement; a scenario file
 * holds better ones.
 */
import type { QueueId, SkillId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { tashkentMidnight } from '#core/lib/time.ts'
import {
  DEFAULT_ROUTING_SETTINGS,
  defaultQueueSettings,
  type QueueSettings,
} from '#core/routing/queue-settings.ts'
import { CALLERS_LANGUAGE, type SkillLevels, type SkillRules } from '#core/routing/skill-rules.ts'
import type { Distribution } from './distributions.ts'
import type { AgentGroup, CallerGroup, Scenario } from './scenario.ts'

/** A Monday. */
export const ORDINARY_DAY = '2026-03-02'
const ORDINARY_CALLS_PER_HOUR = 550
const WARM_UP_CALLS = 2_000

const [ADMISSION, TECH, APPEALS] = ['admission', 'tech', 'appeals'] as QueueId[] as [
  QueueId,
  QueueId,
  QueueId,
]

const TALK: Distribution = { kind: 'lognormal', meanSeconds: 165, deviationSeconds: 150 }
const LONG_TALK: Distribution = { kind: 'lognormal', meanSeconds: 300, deviationSeconds: 200 }
const WRAP_UP: Distribution = { kind: 'lognormal', meanSeconds: 45, deviationSeconds: 30 }
const PATIENCE: Distribution = { kind: 'exponential', meanSeconds: 300 }

/** Whoever speaks the language well, after a while whoever speaks it at all. */
const WELL_THEN_AT_ALL: SkillRules = [
  { fromSeconds: 0, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 80 }] },
  { fromSeconds: 60, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 40 }] },
]
const KNOWS_APPEALS: SkillRules = [
  {
    fromSeconds: 0,
    needs: [
      { skill: CALLERS_LANGUAGE, atLeast: 40 },
      { skill: 'appeals' as SkillId, atLeast: 50 },
    ],
  },
  { fromSeconds: 120, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 40 }] },
]

export function ordinaryScenario({ calls, seed }: { calls: number; seed: number }): Scenario {
  return {
    seed,
    startsAt: tashkentMidnight(ORDINARY_DAY),
    warmUpCalls: WARM_UP_CALLS,
    calls,
    arrivals: { kind: 'steady', perHour: ORDINARY_CALLS_PER_HOUR },
    callers: [
      callers(ADMISSION, 'uz', 57),
      callers(ADMISSION, 'ru', 6),
      callers(TECH, 'uz', 24),
      callers(TECH, 'ru', 3),
      callers(APPEALS, 'uz', 9),
      callers(APPEALS, 'ru', 1),
    ],
    agents: [
      agents('uzbek', 18, [ADMISSION, TECH], { uz: 100 }),
      agents('both', 12, [ADMISSION, TECH], { uz: 90, ru: 90 }),
      agents('appeals', 10, [ADMISSION, TECH, APPEALS], { uz: 80, ru: 60, appeals: 80 }),
    ],
    queues: [
      queue(ADMISSION, WELL_THEN_AT_ALL),
      queue(TECH, WELL_THEN_AT_ALL),
      queue(APPEALS, KNOWS_APPEALS),
    ],
    routing: DEFAULT_ROUTING_SETTINGS,
    serviceLevelSeconds: 20,
  }
}

function queue(id: QueueId, skills: SkillRules): QueueSettings {
  return { ...defaultQueueSettings(id), order: 'bestSkill', skills }
}

function callers(queueId: QueueId, language: CallLanguage, share: number): CallerGroup {
  return {
    name: `${queueId} ${language}`,
    share,
    queue: queueId,
    language,
    priority: 0,
    patience: PATIENCE,
    talk: queueId === APPEALS ? LONG_TALK : TALK,
    wrapUp: WRAP_UP,
    callback: undefined,
  }
}

function agents(
  name: string,
  count: number,
  queues: readonly QueueId[],
  skills: Record<string, number>,
): AgentGroup {
  return {
    name,
    agents: count,
    queues,
    skills: skills as SkillLevels,
    pickUp: { kind: 'lognormal', meanSeconds: 4, deviationSeconds: 2 },
    missShare: 0.01,
    away: { kind: 'constant', seconds: 60 },
  }
}

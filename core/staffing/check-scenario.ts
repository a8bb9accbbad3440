/** Finds what makes a scenario impossible to simulate, all of it at once. Its shape has been checked; nothing else. */
import type { AgentId, QueueId, SkillId } from '#core/lib/ids.ts'
import { checkQueues } from '#core/routing/check-queues.ts'
import { hasSkills, needsAfter } from '#core/routing/skill-rules.ts'
import { HOURS_A_DAY } from './arrivals.ts'
import type { CallerGroup, Scenario } from './scenario.ts'

/** More are no use to anybody, and take minutes. */
export const CALLS_MAX = 2_000_000
export const AGENTS_MAX = 500
/** Fewer than this in a whole day, and the simulation goes on for centuries. */
const CALLS_A_DAY_MIN = 1

export function scenarioProblems(scenario: Scenario): string[] {
  return [...problemsOfSize(scenario), ...problemsOfNames(scenario), ...problemsOfQueues(scenario)]
}

function problemsOfSize({ agents, arrivals, callers, calls, warmUpCalls }: Scenario): string[] {
  const people = agents.reduce((sum, group) => sum + group.agents, 0)
  const perDay =
    arrivals.kind === 'steady'
      ? arrivals.perHour * HOURS_A_DAY
      : arrivals.perHour.reduce((sum, perHour) => sum + perHour, 0)
  return [
    ...(calls + warmUpCalls > CALLS_MAX
      ? [`more than ${CALLS_MAX} calls, those of the warm-up included`]
      : []),
    ...(people > AGENTS_MAX ? [`${people} agents are more than ${AGENTS_MAX}`] : []),
    ...(people === 0 ? ['there are no agents'] : []),
    ...(perDay < CALLS_A_DAY_MIN ? [`fewer than ${CALLS_A_DAY_MIN} calls arrive in a day`] : []),
    ...(callers.every(({ share }) => share === 0) ? ['no group of callers has a share of the calls'] : []),
  ]
}

function problemsOfNames({ agents, callers, queues }: Scenario): string[] {
  const known = queues.map(({ queue }) => queue)
  const named = [...callers.map(({ queue }) => queue), ...agents.flatMap((group) => group.queues)]
  return [
    ...twice(callers.map(({ name }) => name)).map((name) => `two groups of callers are called "${name}"`),
    ...twice(agents.map(({ name }) => name)).map((name) => `two groups of agents are called "${name}"`),
    ...twice(known).map((queue) => `the queue "${queue}" is there twice`),
    ...[...new Set(named)]
      .filter((queue) => !known.includes(queue))
      .map((queue) => `the queue "${queue}" is not among the queues`),
  ]
}

/** As an administrator's settings are checked before they are saved, and whether everybody who calls can be taken. */
function problemsOfQueues(scenario: Scenario): string[] {
  const { callers, queues } = scenario
  const agents = scenario.agents.map((group) => ({ ...group, agent: group.name as AgentId }))
  const languages = [...new Set(callers.map(({ language }) => language))]
  const skills = [...languages, ...agents.flatMap((group) => Object.keys(group.skills))] as SkillId[]
  return [
    ...checkQueues({ queues, agents, skills, languages })
      // Not every queue has callers of every language here: nobodyFor knows which.
      .filter(({ code }) => code !== 'languageUnserved')
      .map(({ message }) => message),
    ...callers.flatMap((group) => nobodyFor(group, scenario)),
  ]
}

/** However long he waits, nobody may ever be asked for him: in his queue, or in those he is sent on to. */
function nobodyFor({ name, queue, language }: CallerGroup, { agents, queues }: Scenario): string[] {
  const reached = new Set<QueueId>([queue])
  for (const id of reached) {
    const settings = queues.find((each) => each.queue === id)
    for (const rule of [settings?.full, settings?.tooLong, settings?.nobodyOnDuty, settings?.hours])
      if (rule?.then.do === 'overflow') reached.add(rule.then.to)
  }
  const isTaken = [...reached].some((id) => {
    const rules = queues.find((each) => each.queue === id)?.skills ?? []
    const needs = needsAfter(rules, Number.POSITIVE_INFINITY)
    return agents.some((group) => group.queues.includes(id) && hasSkills(group.skills, needs, language))
  })
  return isTaken ? [] : [`no agent may ever be asked for the callers "${name}" (${queue}, ${language})`]
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

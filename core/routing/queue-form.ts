/**
 * Settings of a queue as they are filled in: with the rules of skills in words. Read and checked alike in the browser,
 * while somebody types, and in the server before they are saved.
 */
import type { QueueId } from '#core/lib/ids.ts'
import { checkQueues, type QueuesTogether } from './check-queues.ts'
import type { QueueProblem, QueueProblemCode } from './queue-problems.ts'
import type { QueueSettings } from './queue-settings.ts'
import { readSkillRules, type RuleTextCode, writeSkillRules } from './skill-rule-text.ts'

export type QueueForm = Omit<QueueSettings, 'queue' | 'skills'> & { readonly rules: string }

/** In the rules, `line` is that of the text. */
export type QueueFormProblem = Omit<QueueProblem, 'code'> & {
  readonly code: QueueProblemCode | RuleTextCode
  readonly column?: number
}

export type ReadQueueForm = {
  readonly settings: QueueSettings
  readonly problems: readonly QueueFormProblem[]
}

export function queueForm({ queue: _queue, skills, ...others }: QueueSettings): QueueForm {
  return { ...others, rules: writeSkillRules(skills) }
}

/** Of rules that cannot be read there are none. */
export function settingsOfForm(queue: QueueId, { rules, ...others }: QueueForm): QueueSettings {
  const read = readSkillRules(rules)
  return { queue, ...others, skills: 'rules' in read ? read.rules : [] }
}

/**
 * What is wrong with this queue if it is filled in so, and with others because of it. What was wrong with others
 * before does not stand in the way of putting this one right.
 */
export function readQueueForm(queue: QueueId, form: QueueForm, together: QueuesTogether): ReadQueueForm {
  const read = readSkillRules(form.rules)
  const settings = settingsOfForm(queue, form)
  const queues = together.queues.map((known) => (known.queue === queue ? settings : known))
  const found = newProblems(checkQueues(together), checkQueues({ ...together, queues }), queue)
  if ('errors' in read) {
    // Rules that cannot be read have no steps; that is not what is wrong with them.
    const elsewhere = found.filter((problem) => problem.queue !== queue || problem.field !== 'skills')
    const errors = read.errors.map(({ expected, found: word, ...error }) => ({
      ...error,
      queue,
      field: 'skills' as const,
      params: { ...(expected && { expected }), ...(word !== undefined && { found: word }) },
    }))
    return { settings, problems: [...errors, ...elsewhere] }
  }
  return { settings, problems: found.map((problem) => atItsLine(problem, queue, read.lines)) }
}

/** Those a change brings; of the queue that is changed, all. */
export function newProblems(
  before: readonly QueueProblem[],
  after: readonly QueueProblem[],
  changed?: QueueId,
): QueueProblem[] {
  const known = new Set(before.map(identity))
  return after.filter((problem) => problem.queue === changed || !known.has(identity(problem)))
}

function identity({ queue, field, code, line, params }: QueueProblem): string {
  return JSON.stringify([queue, field, code, line, params])
}

function atItsLine(problem: QueueProblem, queue: QueueId, lines: readonly number[]): QueueFormProblem {
  if (problem.queue !== queue || problem.field !== 'skills' || problem.line === undefined) return problem
  return { ...problem, line: lines[problem.line - 1] ?? problem.line }
}

/** Finds what is wrong with a queue that is added or renamed. How it is served is for check-queues.ts. */
import type { Texts } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'

export const QUEUE_NAME_MAX_CHARACTERS = 60
export const QUEUES_MAX = 100
const CODE_MAX_CHARACTERS = 32
const CODE = /^[a-z][a-zA-Z0-9]{0,31}$/

/** `known`: every queue there is or was; the name of a retired one still stands in calls. */
export function checkNewQueue(
  { queue, names }: { queue: string; names: Texts },
  known: readonly string[],
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, queue)
  if (!CODE.test(queue)) report('badCode', 'queue', { most: CODE_MAX_CHARACTERS })
  if (known.includes(queue)) report('taken', 'queue', { value: queue })
  if (known.length >= QUEUES_MAX) report('tooMany', 'queue', { count: known.length + 1, most: QUEUES_MAX })
  return [...problems, ...checkQueueNames(queue, names)]
}

export function checkQueueNames(queue: string, names: Texts): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, queue)
  checkName(report, 'uz', [names.uz, QUEUE_NAME_MAX_CHARACTERS])
  checkName(report, 'ru', [names.ru, QUEUE_NAME_MAX_CHARACTERS])
  return problems
}

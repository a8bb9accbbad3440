/** Finds what is wrong with a person as an administrator fills him in, before he is saved. */
import { readPinfl } from '#core/citizens/pinfl.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { may, type Role } from './permissions.ts'

export type PersonForm = {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly languages: readonly CallLanguage[]
  readonly queues: readonly QueueId[]
  readonly pinfl: string | null
}

/** Whoever else is known, and what he may serve. */
export type PeopleTogether = {
  readonly people: readonly { id: StaffId; login: string; role: Role; isActive: boolean }[]
  readonly queues: readonly QueueId[]
}

export const PERSON_NAME_MAX_CHARACTERS = 100
export const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/
/** NIST SP 800-63B asks for length and for nothing else. */
export const PASSWORD_MIN_CHARACTERS = 10

/** `id`: of whoever is changed; nothing for somebody new. */
export function checkPerson(
  form: PersonForm,
  { people, queues }: PeopleTogether,
  id?: StaffId,
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, form.login)
  if (!LOGIN.test(form.login)) report('badLogin', 'login')
  if (people.some((one) => one.login === form.login && one.id !== id))
    report('taken', 'login', { value: form.login })
  checkName(report, 'name', [form.name, PERSON_NAME_MAX_CHARACTERS])
  const takesCalls = may(form.role, 'takeCalls')
  if (form.pinfl !== null && 'fault' in readPinfl(form.pinfl)) report('badPinfl', 'pinfl')
  if (takesCalls && form.languages.length === 0) report('noLanguage', 'languages')
  if (!takesCalls && form.queues.length > 0) report('queuesWithoutCalls', 'queues')
  for (const queue of form.queues.filter((one) => !queues.includes(one)))
    report('unknown', 'queues', { value: queue })
  if (id && !may(form.role, 'changeStaff') && isLastAdministrator(people, id))
    report('lastAdministrator', 'role')
  return problems
}

/** Somebody must be able to let people in again, and nobody throws himself out by mistake. */
export function checkDeactivation(
  { people }: Pick<PeopleTogether, 'people'>,
  { id, by }: { id: StaffId; by: StaffId },
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, people.find((one) => one.id === id)?.login ?? id)
  if (id === by) report('yourself', 'isActive')
  else if (isLastAdministrator(people, id)) report('lastAdministrator', 'isActive')
  return problems
}

function isLastAdministrator(people: PeopleTogether['people'], id: StaffId): boolean {
  const mayChange = people.filter(({ isActive, role }) => isActive && may(role, 'changeStaff'))
  return mayChange.length === 1 && mayChange[0]?.id === id
}

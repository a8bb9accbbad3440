/** What is wrong with something an administrator filled in, as people read it. */
import type { SettingProblem, SettingProblemCode } from '#core/lib/setting-problems.ts'
import { t } from './i18n.ts'
import { RequestProblem } from './request.ts'

export function settingProblemText({ code, params }: Pick<SettingProblem, 'code' | 'params'>): string {
  switch (code) {
    case 'required':
      return t('Please fill this in.')
    case 'tooLong':
      return t('{{most}} characters at most, please.', params)
    case 'badLogin':
      return t('Small letters, digits, dots and dashes, from 2 to 64 of them.')
    case 'badCode':
      return t('A small letter first, then letters and digits, {{most}} at most.', params)
    case 'taken':
      return t('“{{value}}” is there already.', params)
    case 'unknown':
      return t('There is no “{{value}}”.', params)
    case 'outOfRange':
      return t('A whole number from {{least}} to {{most}}, please.', params)
    case 'tooMany':
      return t('There are {{count}}; {{most}} are allowed.', params)
    default:
      return peopleProblemText(code)
  }
}

type PeopleCode = Extract<
  SettingProblemCode,
  'flowLeadsHere' | 'callersWaitHere' | 'noLanguage' | 'queuesWithoutCalls' | 'lastAdministrator' | 'yourself'
>

function peopleProblemText(code: PeopleCode): string {
  switch (code) {
    case 'noLanguage':
      return t('Whoever takes calls speaks a language in which they are held.')
    case 'queuesWithoutCalls':
      return t('Whoever takes no calls serves no queue.')
    case 'lastAdministrator':
      return t('Nobody else would be left who may change people.')
    case 'flowLeadsHere':
      return t('The voice menu leads callers here.')
    case 'callersWaitHere':
      return t('Callers wait here, or are to be called back from here.')
    case 'yourself':
      return t('You cannot do this to yourself.')
  }
}

/** What the server found wrong, of settings that have rows and fields. */
export function settingProblemsIn(error: unknown): SettingProblem[] {
  const problems = error instanceof RequestProblem ? (error.problems ?? []) : []
  return problems.filter((problem): problem is SettingProblem => 'row' in problem)
}

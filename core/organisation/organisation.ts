/** What an organisation says of itself, as an administrator fills it in, and what can be wrong with it. */
import { isAppealPrefix } from '#core/appeals/appeal-number.ts'
import type { Texts } from '#core/lib/languages.ts'
import {
  checkName,
  type ReportSetting,
  type SettingProblem,
  settingReport,
} from '#core/lib/setting-problems.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import type { WrittenTexts } from '#core/text/written-texts.ts'

export type OrganisationForm = {
  readonly names: WrittenTexts
  /** The number people call. */
  readonly shortNumber: string
  /** Other telephones for citizens. */
  readonly phones: readonly string[]
  /** Where it is, and when it receives people; empty where it does not say. */
  readonly address: Texts
  readonly hours: Texts
  /** Before the year in the number of an appeal, from the next appeal on. */
  readonly appealPrefix: string
}

export const ORGANISATION_NAME_MAX_CHARACTERS = 200
const LINE_MAX_CHARACTERS = 300
const PHONES_MAX = 10
const CALLED_NUMBER = /^\+?\d{3,15}$/

/** In problems the rows are `names`, `contacts`, `address`, `hours` and `appeals`; a telephone is told by its line. */
export function checkOrganisation(form: OrganisationForm): SettingProblem[] {
  const problems: SettingProblem[] = []
  checkNames(form, settingReport(problems, 'names'))
  const contacts = settingReport(problems, 'contacts')
  if (!CALLED_NUMBER.test(form.shortNumber)) contacts('badNumber', 'shortNumber', { value: form.shortNumber })
  if (form.phones.length > PHONES_MAX)
    contacts('tooMany', 'phones', { count: form.phones.length, most: PHONES_MAX })
  for (const [index, value] of form.phones.entries())
    if (parsePhoneNumber(value).confidence !== 'high')
      contacts('badPhone', 'phones', { value, line: index + 1 })
  for (const row of ['address', 'hours'] as const) checkBoth(form[row], settingReport(problems, row))
  if (!isAppealPrefix(form.appealPrefix)) settingReport(problems, 'appeals')('badPrefix', 'appealPrefix')
  return problems
}

function checkNames({ names }: OrganisationForm, report: ReportSetting): void {
  for (const field of ['uz', 'ru'] as const)
    checkName(report, field, [names[field], ORGANISATION_NAME_MAX_CHARACTERS])
  for (const field of ['cyrillic', 'en'] as const) {
    if ([...(names[field] ?? '')].length > ORGANISATION_NAME_MAX_CHARACTERS)
      report('tooLong', field, { most: ORGANISATION_NAME_MAX_CHARACTERS })
  }
}

/** Said in each language or not at all: who reads the other would find nothing. */
function checkBoth(texts: Texts, report: ReportSetting): void {
  if (texts.uz.trim() === '' && texts.ru.trim() === '') return
  for (const field of ['uz', 'ru'] as const) checkName(report, field, [texts[field], LINE_MAX_CHARACTERS])
}

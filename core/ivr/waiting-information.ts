/**
 * What may help those who wait in a queue, told between the announcements of their place; from a day on or until one, if
 * it holds no longer than that.
 */
import type { QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type Texts } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { type Day, isDay } from '#core/lib/time.ts'

export type InformationText = Texts & {
  /** The first day on which it is told, and the last. */
  readonly from?: Day | undefined
  readonly until?: Day | undefined
}

/** In the order in which they are told. */
export type WaitingInformation = Readonly<Record<QueueId, readonly InformationText[]>>

export const INFORMATION_MAX_TEXTS = 10
/** Some forty seconds of speech: the place in the queue has to be told again. */
const TEXT_MAX_CHARACTERS = 500

export function toldOn(texts: readonly InformationText[], day: Day): Texts[] {
  return texts
    .filter(({ from, until }) => (from === undefined || from <= day) && (until === undefined || day <= until))
    .map(({ uz, ru }) => ({ uz, ru }))
}

/** In problems a text is the row of its number, from 1. */
export function checkInformation(texts: readonly InformationText[]): SettingProblem[] {
  const problems: SettingProblem[] = []
  for (const [index, text] of texts.entries()) {
    const report = settingReport(problems, String(index + 1))
    for (const language of CALL_LANGUAGES) checkName(report, language, [text[language], TEXT_MAX_CHARACTERS])
    const { from, until } = text
    for (const field of ['from', 'until'] as const) {
      const day = text[field]
      if (day !== undefined && !isDay(day)) report('badDay', field, { value: day })
    }
    if (from && until && isDay(from) && isDay(until) && until < from) report('endsFirst', 'until')
  }
  if (texts.length > INFORMATION_MAX_TEXTS) {
    const params = { count: texts.length, most: INFORMATION_MAX_TEXTS }
    problems.push(settingProblem('*', 'tooMany', { field: 'texts', params }))
  }
  return problems
}

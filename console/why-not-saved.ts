import { t } from './i18n.ts'

/** Why a form of settings cannot be saved now, if it cannot. */
export function whyNotSaved(problems: number, isSame: boolean): string | undefined {
  if (problems > 0) return t('First put right what is marked.')
  return isSame ? t('Nothing has been changed.') : undefined
}

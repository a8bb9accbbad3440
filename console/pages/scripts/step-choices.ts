import type { Script } from '#core/scripts/script.ts'
import { inMyLanguage, t } from '../../i18n.ts'

/** The steps that can follow, by number and title. */
export function stepChoices({ steps }: Script, but: string): { value: string; label: string }[] {
  return steps.flatMap(({ id, title }, place) =>
    id === but ? [] : [{ value: id, label: `${place + 1}. ${inMyLanguage(title) || t('untitled')}` }],
  )
}

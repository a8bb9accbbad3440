import { charactersOver, type LineOver } from '#core/text/characters-over.ts'
import { t } from '../i18n.ts'

/** What is told of a text that is longer than is kept. */
export function tooLong(text: string, most: number): string | undefined {
  const over = charactersOver(text, most)
  return over > 0 ? t('Too long: at most {{most}} characters, {{over}} too many.', { most, over }) : undefined
}

export function tooLongLine({ line, most, over }: LineOver): string {
  return t('Line {{line}} is too long: at most {{most}} characters, {{over}} too many.', { line, most, over })
}

/**
 * The words of the portal. The English sentence is the key, so that pages read as they look; Cyrillic is made from
 * Latin. A sentence without its translations does not compile.
 */
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'
import { CABINET_TEXTS } from './texts/cabinet.ts'
import { FILE_TEXTS } from './texts/files.ts'
import { FILING_TEXTS } from './texts/filing.ts'
import { ONE_ID_TEXTS } from './texts/one-id.ts'
import { SHARED_TEXTS } from './texts/shared.ts'

export const TEXTS = { ...SHARED_TEXTS, ...FILING_TEXTS, ...FILE_TEXTS, ...CABINET_TEXTS, ...ONE_ID_TEXTS }
export type TextKey = keyof typeof TEXTS

export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

const cyrillic = new Map<string, string>()

export function textsIn(language: WrittenLanguage): Translate {
  return (key, values = {}) =>
    sentence(key, language).replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

function sentence(key: TextKey, language: WrittenLanguage): string {
  const [uz, ru] = TEXTS[key]
  switch (language) {
    case 'uz':
      return uz
    case 'ru':
      return ru
    case 'en':
      return key
    case 'uz-Cyrl':
      return inCyrillic(uz)
  }
}

/** Names in braces, and those of formats, are the same in every script. */
const AS_WRITTEN = /(\{\w+\}|\b(?:PDF|ZIP|DOCX|XLSX|JPEG|PNG|OneID)\b)/

function inCyrillic(latin: string): string {
  const known = cyrillic.get(latin)
  if (known !== undefined) return known
  const made = latin
    .split(AS_WRITTEN)
    .map((part, place) => (place % 2 === 1 ? part : toCyrillic(part)))
    .join('')
  cyrillic.set(latin, made)
  return made
}

/**
 * The English sentence is the key, so pages read as they look. Catalogues are in console/texts/<language>.json;
 * Uzbek in Cyrillic is written from the Latin one, with exceptions in console/texts/uz-Cyrl-overrides.json.
 *
 * Changing the language redraws the console from the top (see main.tsx), so `t` is an ordinary function. It must
 * be called while drawing, never while a module loads.
 */
import i18next from 'i18next'
import type { Me } from '#contract/staff.ts'
import type { Texts } from '#core/lib/languages.ts'
import { inNameOrder } from '#core/text/name-order.ts'
import { cyrillic } from './cyrillic.ts'
import { createStore } from './store.ts'

export type InterfaceLanguage = Me['interfaceLanguage']
type Catalogue = Record<string, string>

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<InterfaceLanguage, string>> = {
  uz: 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
}
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as InterfaceLanguage[]

const REMEMBERED = 'javob.language'

export function t(english: string, values: Record<string, string | number> = {}): string {
  return i18next.t(english, values)
}

/** What is drawn now; main.tsx draws everything anew when it changes. */
export const chosenLanguage = createStore<InterfaceLanguage>('uz')

export const language = chosenLanguage.get

/** A text kept in both languages of calls, in the script the reader has chosen. */
export function inMyLanguage(texts: Texts): string {
  if (language() === 'ru') return texts.ru
  return language() === 'uz-Cyrl' ? cyrillic(texts.uz) : texts.uz
}

/** An Uzbek text in the script the reader has chosen; others as they are. */
export function inMyScript(text: string, written: string): string {
  return written === 'uz' && language() === 'uz-Cyrl' ? cyrillic(text) : text
}

/** What is called by a name, as the reader's alphabet has it. */
export function inMyOrder<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Row[] {
  return inNameOrder(rows, nameOf, language())
}

/** The `lang` of what inMyLanguage returns, for screen readers. */
export function myTextLanguage(): string {
  return language() === 'en' ? 'uz' : language()
}

export function rememberedLanguage(): InterfaceLanguage {
  const wanted = localStorage.getItem(REMEMBERED)
  return LANGUAGES.find((known) => known === wanted) ?? 'uz'
}

export async function chooseLanguage(wanted: InterfaceLanguage): Promise<void> {
  const catalogue = await loadCatalogue(wanted)
  if (!i18next.isInitialized) await startI18next(wanted)
  i18next.addResourceBundle(wanted, 'translation', catalogue)
  await i18next.changeLanguage(wanted)
  localStorage.setItem(REMEMBERED, wanted)
  document.documentElement.lang = wanted
  chosenLanguage.set(wanted)
}

async function startI18next(wanted: InterfaceLanguage): Promise<void> {
  await i18next.init({
    lng: wanted,
    resources: {},
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    returnEmptyString: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  })
}

async function loadCatalogue(wanted: InterfaceLanguage): Promise<Catalogue> {
  switch (wanted) {
    case 'en':
      return {}
    case 'ru':
      return (await import('./texts/ru.json')).default
    case 'uz':
      return (await import('./texts/uz.json')).default
    case 'uz-Cyrl':
      return await cyrillicCatalogue()
  }
}

async function cyrillicCatalogue(): Promise<Catalogue> {
  const [latin, overrides] = await Promise.all([
    import('./texts/uz.json'),
    import('./texts/uz-Cyrl-overrides.json'),
  ])
  const written = Object.entries<string>(latin.default).map(([key, text]) => [key, cyrillic(text)])
  return { ...Object.fromEntries(written), ...(overrides.default as Catalogue) }
}

import { toCyrillic } from '#core/text/uzbek-script.ts'
import { addresses } from '../addresses.ts'
import { field } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn } from '../texts.ts'
import type { View } from '../view.ts'

export type FoundAnswer = {
  readonly language: 'uz' | 'ru' | 'en'
  readonly title: string
  readonly text: string
}

/** Of all answers together: with two bytes for a letter of Cyrillic, and what stands around them, a page stays within 50 KiB. */
const ANSWERS_MAX_CHARACTERS = 20 * 1024

export function faqPage(
  view: View,
  { search, answers }: { search: string; answers: readonly FoundAnswer[] },
): Html {
  const t = textsIn(view.language)
  const items = firstThatFit(answers.map((answer) => item(view, answer)))
  return layout(view, {
    title: t('Questions and answers'),
    body: html`<form method="get" action="${addresses.faq}" role="search">
${field({ name: 'q', label: t('What do you want to know?'), type: 'search', value: search, maxLength: 200 })}
<button type="submit">${t('Search')}</button>
</form>
${
  answers.length === 0
    ? html`<p role="status">${t('Nothing was found. Try other words, or call {number}.', { number: view.shortNumber })}</p>`
    : items
}
${items.length < answers.length && html`<p class="dim">${t('There are more answers than are shown. Search for yours in a few words.')}</p>`}`,
  })
}

/** One at least, however long it is. */
function firstThatFit(items: readonly Html[]): readonly Html[] {
  let characters = 0
  const over = items.findIndex((one) => {
    characters += one.toString().length
    return characters > ANSWERS_MAX_CHARACTERS
  })
  return over < 0 ? items : items.slice(0, Math.max(over, 1))
}

function item({ language }: View, { language: written, title, text }: FoundAnswer): Html {
  const inScript = (words: string) => (language === 'uz-Cyrl' && written === 'uz' ? toCyrillic(words) : words)
  const lang = language === 'uz-Cyrl' && written === 'uz' ? language : written
  return html`<details lang="${lang}"><summary>${inScript(title)}</summary><p class="said">${inScript(text)}</p></details>`
}

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
  const items = firstThatFit(view, answers)
  return layout(view, {
    title: t('Questions and answers'),
    body: html`<form method="get" action="${addresses.faq}" role="search">
${field({ name: 'q', label: t('What do you want to know?'), type: 'search', value: search })}
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

/** One at least, however long it is. What does not fit is not written either: to write Cyrillic is most of the work of a page. */
function firstThatFit(view: View, answers: readonly FoundAnswer[]): readonly Html[] {
  const items: Html[] = []
  let characters = 0
  for (const answer of answers) {
    const one = item(view, answer)
    characters += one.toString().length
    if (characters > ANSWERS_MAX_CHARACTERS && items.length > 0) break
    items.push(one)
  }
  return items
}

function item({ language }: View, { language: written, title, text }: FoundAnswer): Html {
  const inScript = (words: string) => (language === 'uz-Cyrl' && written === 'uz' ? toCyrillic(words) : words)
  const lang = language === 'uz-Cyrl' && written === 'uz' ? language : written
  return html`<details lang="${lang}"><summary>${inScript(title)}</summary><p class="said">${inScript(text)}</p></details>`
}

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

export function faqPage(
  view: View,
  { search, answers }: { search: string; answers: readonly FoundAnswer[] },
): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Questions and answers'),
    body: html`<form method="get" action="${addresses.faq}" role="search">
${field({ name: 'q', label: t('What do you want to know?'), type: 'search', value: search, maxLength: 200 })}
<button type="submit">${t('Search')}</button>
</form>
${
  answers.length === 0
    ? html`<p role="status">${t('Nothing was found. Try other words, or call {number}.', { number: view.shortNumber })}</p>`
    : answers.map((answer) => item(view, answer))
}`,
  })
}

function item({ language }: View, { language: written, title, text }: FoundAnswer): Html {
  const inScript = (words: string) => (language === 'uz-Cyrl' && written === 'uz' ? toCyrillic(words) : words)
  const lang = language === 'uz-Cyrl' && written === 'uz' ? language : written
  return html`<details lang="${lang}"><summary>${inScript(title)}</summary><p class="said">${inScript(text)}</p></details>`
}

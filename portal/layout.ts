/** What stands around every page: language, service banner, ways. */
import { displayNumber } from '#core/text/phone-number.ts'
import { WRITTEN_LANGUAGES, type WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { inWriting } from '#core/text/written-texts.ts'
import { addresses } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { textsIn } from './texts.ts'
import type { View } from './view.ts'

const OWN_NAMES: Readonly<Record<WrittenLanguage, string>> = {
  uz: 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
}

type Page = { title: string; body: Part; isWrong?: boolean }

export function layout(view: View, { title, body, isWrong = false }: Page): Html {
  const t = textsIn(view.language)
  const organisation = inWriting(view.organisation, view.language)
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isWrong && `${t('Something is missing')}: `}${title} – ${organisation}</title>
<link rel="stylesheet" href="${addresses.style(view.style)}">
</head>
<body>
<a class="skip" href="#main">${t('To the content')}</a>
<header>
<p class="organisation"><a href="${addresses.home}">${organisation}</a></p>
${languages(view)}
${ways(view)}
</header>
${view.banner !== undefined && html`<aside class="banner" aria-label="${t('Announcement')}"><p>${view.banner}</p></aside>`}
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
<footer>
<p>${t('You can also call: {number}, day and night.', { number: view.shortNumber })}</p>
${contacts(view)}
</footer>
</body>
</html>
`
}

/** How it is reached besides the number that everybody calls. */
function contacts({ address, hours, language, phones }: View): Part {
  const t = textsIn(language)
  const numbers = phones.map(displayNumber).join(', ')
  return [
    numbers !== '' && html`<p>${t('Other telephones: {numbers}', { numbers })}</p>`,
    inWriting(address, language) !== '' && html`<p>${inWriting(address, language)}</p>`,
    inWriting(hours, language) !== '' && html`<p>${inWriting(hours, language)}</p>`,
  ]
}

function languages({ language, path }: View): Html {
  return html`<nav class="languages" aria-label="Til, язык, language"><ul>${WRITTEN_LANGUAGES.map(
    (one) =>
      html`<li><a href="${addresses.inLanguage(path, one)}" lang="${one}" hreflang="${one}" rel="nofollow"${
        one === language && html` aria-current="true"`
      }>${OWN_NAMES[one]}</a></li>`,
  )}</ul></nav>`
}

function ways({ language, isSignedIn }: View): Html {
  const t = textsIn(language)
  return html`<nav class="ways" aria-label="${t('Sections')}"><ul>
<li><a href="${addresses.file}">${t('File an appeal')}</a></li>
<li><a href="${addresses.status}">${t('Follow an appeal')}</a></li>
<li><a href="${addresses.faq}">${t('Questions and answers')}</a></li>
<li><a href="${isSignedIn ? addresses.cabinet : addresses.signIn}">${t('My cabinet')}</a></li>
</ul></nav>`
}

/** What stands around every page: language, service banner, ways. */
import { WRITTEN_LANGUAGES, type WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { addresses } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { textsIn } from './texts.ts'
import { inLanguage, type View } from './view.ts'

const OWN_NAMES: Readonly<Record<WrittenLanguage, string>> = {
  uz: 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
}

type Page = { title: string; body: Part; isWrong?: boolean }

export function layout(view: View, { title, body, isWrong = false }: Page): Html {
  const t = textsIn(view.language)
  const organisation = inLanguage(view.organisation, view.language)
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
</footer>
</body>
</html>
`
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

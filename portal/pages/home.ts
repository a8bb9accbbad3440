import { addresses } from '../addresses.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn } from '../texts.ts'
import type { View } from '../view.ts'

export function homePage(view: View): Html {
  const t = textsIn(view.language)
  const way = (to: string, name: string, what: string) =>
    html`<li><h2><a href="${to}">${name}</a></h2><p>${what}</p></li>`
  return layout(view, {
    title: t('Appeals to us'),
    body: html`<p>${t('File an appeal, follow it, and find answers, at any time and without a queue.')}</p>
<ul class="cards">
${way(addresses.file, t('File an appeal'), t('An application, a complaint or a proposal. You get its number at once.'))}
${way(addresses.status, t('Follow an appeal'), t('With its number and the code you were given.'))}
${way(addresses.faq, t('Questions and answers'), t('What is asked most often.'))}
${way(
  view.isSignedIn ? addresses.cabinet : addresses.signIn,
  t('My cabinet'),
  t('All your appeals and calls. You sign in with a code sent to your telephone.'),
)}
</ul>`,
  })
}

/** What the citizen can do about it stands in the text. */
export function problemPage(view: View, { title, text }: { title: string; text: string }): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title,
    body: html`<p>${text}</p><p><a href="${addresses.home}">${t('To the first page')}</a></p>`,
  })
}

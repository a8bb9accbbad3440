/** The way into the cabinet: by a code to a telephone, and by OneID where the organisation has it. */
import { SIGN_IN_PROBLEMS, type SignInProblem } from '#core/portal/proven-identity.ts'
import { addresses } from '../addresses.ts'
import { complaint, field, form } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn, type TextKey } from '../texts.ts'
import type { View } from '../view.ts'

type Asking = {
  phone: string
  problem?: string | undefined
  complaint?: string | undefined
  isOneIdOffered: boolean
}

/** Each says what can be done now; the telephone is asked for below them. */
const PROBLEMS: Readonly<Record<SignInProblem, TextKey>> = {
  declined: 'You did not go on at OneID. Try again, or sign in with your telephone.',
  stale: 'The sign-in by OneID was begun in another window or too long ago. Begin it again.',
  refused: 'OneID does not confirm who you are. Try again, or sign in with your telephone.',
  away: 'OneID does not answer now. Sign in with your telephone, or try again later.',
  notPerson: 'This is the OneID of a legal entity. Sign in as a person, or with your telephone.',
  notVerified: 'Your account at OneID is not verified yet. Have it verified, or sign in with your telephone.',
}

/** Of what an address names; nothing of what is none. */
export function signInProblemText(view: View, named: string | undefined): string | undefined {
  const problem = SIGN_IN_PROBLEMS.find((one) => one === named)
  return problem && textsIn(view.language)(PROBLEMS[problem])
}

export function signInPage(view: View, { isOneIdOffered, phone, problem, complaint: wrong }: Asking): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('My cabinet'),
    isWrong: problem !== undefined || wrong !== undefined,
    body: html`${complaint(wrong)}
${isOneIdOffered && oneId(view)}
<p>${t('Here are the appeals that name your telephone, and the calls made from it.')}</p>
${form(view, {
  to: addresses.signIn,
  button: t('Send a code'),
  body: field({
    name: 'phone',
    label: t('Your mobile telephone'),
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel',
    value: phone,
    problem,
    focus: problem !== undefined,
  }),
})}`,
  })
}

function oneId(view: View): Html {
  const t = textsIn(view.language)
  return html`<h2>${t('By OneID')}</h2>
<p>${t('All your appeals, from whichever telephone they were filed. An appeal is filed without a code.')}</p>
<p><a class="button" href="${addresses.oneId('cabinet')}">${t('Sign in by OneID')}</a></p>
<h2>${t('By telephone')}</h2>`
}

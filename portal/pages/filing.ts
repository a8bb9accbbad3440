/** The way of an appeal: the form, the code, the number. */
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { CODE_PROBLEMS, type CodeProblem } from '#core/portal/proof-code.ts'
import {
  CONFIDENTIAL,
  FILED_MAX_CHARACTERS,
  FILING_FIELDS,
  type FilingField,
  type FilingForm,
  type FilingProblem,
  type FilingProblems,
  lettersOver,
} from '#core/portal/filing.ts'
import type { ProvenPerson } from '#core/portal/proven-identity.ts'
import { maskNumber } from '#core/text/phone-number.ts'
import { longDay } from '#core/text/uzbek-dates.ts'
import type { Day } from '#core/lib/time.ts'
import { addresses } from '../addresses.ts'
import { choices, complaint, field, form, tick, TOO_LONG, trap } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn, type TextKey } from '../texts.ts'
import { filesOfForm, type FormFile } from './files.ts'
import type { View } from '../view.ts'

export const KIND_NAMES: Readonly<Record<AppealKind, TextKey>> = {
  application: 'Application',
  complaint: 'Complaint',
  proposal: 'Proposal',
}

const KIND_HINTS: Readonly<Record<AppealKind, TextKey>> = {
  application: 'You ask for help with a right or an interest of yours.',
  complaint: 'A right of yours was violated, and you demand that it be restored.',
  proposal: 'You say how something could be better.',
}

const PROBLEMS: Readonly<Record<FilingProblem, TextKey>> = {
  kindMissing: 'Choose what it is.',
  nameMissing: 'Write your name: an appeal without a name is not considered.',
  noMobileNumber: 'Write a telephone number of Uzbekistan, such as +998 90 123 45 67.',
  textTooShort: 'Say in a few sentences what it is about.',
  nameTooLong: TOO_LONG,
  textTooLong: TOO_LONG,
}

export type Filling = {
  key: string
  values: FilingForm
  problems?: FilingProblems
  complaint?: string | undefined
  /** Who is proven already, or by what he can be. */
  by: ProvenPerson | 'phone' | 'phoneOrOneId'
}

function problemText(
  view: View,
  name: FilingField,
  { problems = {}, values }: Pick<Filling, 'problems' | 'values'>,
): string | undefined {
  const problem = problems[name]
  const most = name === 'name' || name === 'text' ? FILED_MAX_CHARACTERS[name] : 0
  return problem && textsIn(view.language)(PROBLEMS[problem], { most, over: lettersOver(values[name], most) })
}

/** The key is made once for each form: sent twice, by the back button or after a lost answer, it files one appeal. */
export function filingPage(view: View, { by, key, values, problems = {}, complaint: wrong }: Filling): Html {
  const t = textsIn(view.language)
  const person = typeof by === 'object' ? by : undefined
  const firstWrong = FILING_FIELDS.find((one) => problems[one])
  const told = (name: FilingField) => ({
    value: values[name],
    problem: problemText(view, name, { values, problems }),
    focus: firstWrong === name,
  })
  return layout(view, {
    title: t('File an appeal'),
    isWrong: firstWrong !== undefined || wrong !== undefined,
    body: html`${complaint(wrong ?? (firstWrong && t('Please look at the fields that are marked.')))}
${
  by === 'phoneOrOneId' &&
  html`<p><a href="${addresses.oneId('file')}">${t('Signed in by OneID, you file without a code.')}</a></p>`
}
${person && html`<p>${t('You file as {name}, signed in by OneID.', { name: person.name })}</p>`}
${form(view, {
  to: addresses.file,
  button: person ? t('Next') : t('On to the code'),
  body: html`<input type="hidden" name="key" value="${key}">
${choices({
  name: 'kind',
  label: t('What is it?'),
  ...told('kind'),
  choices: APPEAL_KINDS.map((kind) => ({
    value: kind,
    label: t(KIND_NAMES[kind]),
    hint: t(KIND_HINTS[kind]),
  })),
})}
${tick({
  name: 'confidential',
  value: CONFIDENTIAL,
  label: t('It is a report of corruption'),
  hint: t(
    'Only the responsible officers read it: neither operators nor editors nor the chancellery see it. If they find that it is none, it goes on as an ordinary appeal.',
  ),
  isTicked: values.confidential === CONFIDENTIAL,
})}
${!person && field({ name: 'name', label: t('Your surname, name and father’s name'), autocomplete: 'name', ...told('name') })}
${field({
  name: 'phone',
  label: person ? t('Your mobile telephone, if you like') : t('Your mobile telephone'),
  hint: person
    ? t(
        'Then messages about the appeal are sent there, and a code first. Whoever has the telephone can open the appeal.',
      )
    : t('A code is sent there. Whoever has the telephone can open the appeal.'),
  isOptional: person !== undefined,
  type: 'tel',
  inputmode: 'tel',
  autocomplete: 'tel',
  ...told('phone'),
})}
${field({
  name: 'text',
  label: t('What is it about?'),
  hint: t('What happened, when and where, and what you ask for. If it is about someone else, say so.'),
  rows: 10,
  ...told('text'),
})}
${trap(view)}
<p class="hint">${t('Files can be added on the next page.')}</p>
<p class="hint">${t('Your data are used only to consider the appeal, and stay in the country.')}</p>`,
})}`,
  })
}

/** Whether the message with the code is on its way, and what it means for the citizen if it is not. */
export type CodeWay = 'sent' | 'onItsWay' | 'notSent'

const CODE_PROBLEM_TEXTS: Readonly<Record<CodeProblem, TextKey>> = {
  wrong: 'This is not the code. Look at the message again.',
  expired: 'The code is older than ten minutes. Ask for another one.',
  spent: 'This code can no longer be used. Ask for another one.',
}

/** Of what an address names; nothing of what is none. */
export function codeProblemText(view: View, named: string | undefined): string | undefined {
  const problem = CODE_PROBLEMS.find((one) => one === named)
  return problem && textsIn(view.language)(CODE_PROBLEM_TEXTS[problem])
}

type CodeAsked = {
  e164: string
  way: CodeWay
  to: string
  again: string
  complaint?: string | undefined
  /** What goes with the code: which form, which code. */
  hidden: readonly [name: string, value: string]
  /** Back to what was filled in. */
  back?: string | undefined
  /** What belongs to the form besides. */
  files?: readonly FormFile[]
}

/** One page for both proofs: of the telephone behind an appeal, and of whoever signs in. */
export function codePage(view: View, asked: CodeAsked): Html {
  const t = textsIn(view.language)
  const number = maskNumber(asked.e164)
  const [name, value] = asked.hidden
  const hidden = html`<input type="hidden" name="${name}" value="${value}">`
  const ways = { number: view.shortNumber }
  const wayText: Record<CodeWay, string> = {
    sent: t('We have sent a code of six digits to {number}. It is valid for ten minutes.', { number }),
    onItsWay: t(
      'A code of six digits is on its way to {number}. If it is not there in two minutes, ask for another one.',
      {
        number,
      },
    ),
    notSent: t(
      'The code could not be sent to {number}. Try again in some minutes, or call {short}: an operator files the appeal with you.',
      {
        number,
        short: ways.number,
      },
    ),
  }
  return layout(view, {
    title: t('The code from the message'),
    isWrong: asked.complaint !== undefined,
    body: html`${complaint(asked.complaint)}
<p${asked.way === 'notSent' && html` class="complaint" role="alert"`}>${wayText[asked.way]}</p>
${form(view, {
  to: asked.to,
  button: t('Confirm'),
  body: html`${hidden}
${field({ name: 'code', label: t('Code'), autocomplete: 'one-time-code', inputmode: 'numeric', focus: true })}`,
})}
${form(view, { to: asked.again, button: t('Send another code'), tone: 'quiet', body: hidden })}
${asked.files && filesOfForm(view, { form: value, files: asked.files })}
${asked.back && html`<p><a href="${asked.back}">${t('Change what I wrote')}</a></p>`}`,
  })
}

/** Of a person who needs no code: what is left to be done before the appeal is filed. */
export function readyPage(
  view: View,
  {
    complaint: wrong,
    files,
    key,
  }: { key: string; files: readonly FormFile[]; complaint?: string | undefined },
): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Ready to be filed'),
    isWrong: wrong !== undefined,
    body: html`${complaint(wrong)}
<p>${t('Add files if there are any, and file the appeal.')}</p>
${form(view, {
  to: '/portal/appeal/confirm',
  button: t('File the appeal'),
  body: html`<input type="hidden" name="form" value="${key}">`,
})}
${filesOfForm(view, { form: key, files })}
<p><a href="${addresses.change(key)}">${t('Change what I wrote')}</a></p>`,
  })
}

export type Filed = {
  number: string
  followCode: string
  registeredOn: Day
  dueOn: Day | null
  /** By a message to the telephone that was proven. */
  isSent: boolean
}

export function filedPage(view: View, { number, followCode, registeredOn, dueOn, isSent }: Filed): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Your appeal is registered'),
    body: html`<div class="done">
<dl>
<dt>${t('Number')}</dt><dd class="big">${number}</dd>
<dt>${t('Code to follow it')}</dt><dd class="big">${followCode}</dd>
<dt>${t('Registered on')}</dt><dd>${longDay(registeredOn, view.language)}</dd>
${dueOn && html`<dt>${t('Reply by')}</dt><dd>${longDay(dueOn, view.language)}</dd>`}
</dl>
</div>
<p>${
      isSent
        ? t(
            'Write both down. They are sent to your telephone too. With them the appeal can be followed without signing in.',
          )
        : t('Write both down. With them the appeal can be followed without signing in by OneID.')
    }</p>
<p><a href="${addresses.status}">${t('Follow an appeal')}</a></p>
<p><a href="${addresses.signIn}">${t('My cabinet')}</a></p>`,
  })
}

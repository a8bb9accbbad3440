/** How an appeal stands: for whoever has its number and code, and with more for its citizen in the cabinet. */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { ReplyResult } from '#core/appeals/move-fields.ts'
import { type CitizenAction, type CitizenStage, RATING_MAX_STARS } from '#core/portal/citizen-appeal.ts'
import type { CitizenNotice, CitizenSignature, StoryLine } from '#core/portal/citizen-story.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import { fileSize } from '#core/text/file-size.ts'
import { longDay, shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { addresses } from '../addresses.ts'
import { choices, complaint, field, form } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn, type TextKey } from '../texts.ts'
import type { View } from '../view.ts'
import { KIND_NAMES } from './filing.ts'

export type CitizenAppealRow = {
  readonly number: string
  readonly kind: AppealKind
  readonly stage: CitizenStage
  readonly registeredOn: Day
  /** Only while a reply is owed. */
  readonly dueOn: Day | null
}

export type ReplyFile = { readonly id: string; readonly name: string; readonly bytes: number }

export type CitizenAppeal = CitizenAppealRow & {
  readonly story: readonly StoryLine[]
  readonly reply: { readonly at: Instant; readonly text: string; readonly result: ReplyResult | null } | null
  /** With the reply; none before there is one. */
  readonly files: readonly ReplyFile[]
  /** Why it was sent on, returned or left. */
  readonly explanation: string | null
  /** Of the reply, or of the conclusion that it is left. */
  readonly signature: CitizenSignature | null
}

/** What the citizen sees besides, in his cabinet. */
export type OwnAppeal = CitizenAppeal & {
  /** Of what he has seen: a move made on it since is refused. */
  readonly version: number
  readonly words: string
  readonly additions: readonly { readonly at: Instant; readonly text: string }[]
  readonly actions: readonly CitizenAction[]
  readonly mayBeRated: boolean
  readonly rating: { readonly stars: number; readonly words: string } | null
}

const STAGES: Readonly<Record<CitizenStage, TextKey>> = {
  registered: 'Registered',
  beingPrepared: 'Being prepared',
  beingConsidered: 'Being considered',
  answered: 'Answered',
  forwarded: 'Sent on to another authority',
  returned: 'Returned with an explanation',
  leftUnconsidered: 'Left without consideration',
  joined: 'Joined with another appeal of yours',
  takenBack: 'Taken back',
}

const NOTICES: Readonly<Record<CitizenNotice, TextKey>> = {
  studied: 'It has to be studied further',
  extended: 'The time for the reply was extended',
}

const RESULTS: Readonly<Record<ReplyResult, TextKey>> = {
  satisfied: 'Satisfied',
  explained: 'Explained',
  refused: 'Turned down',
}

export function stageText(view: View, stage: CitizenStage): string {
  return textsIn(view.language)(STAGES[stage])
}

type Asking = { number: string; complaint?: string | undefined }

export function statusFormPage(view: View, { number, complaint: wrong }: Asking): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Follow an appeal'),
    isWrong: wrong !== undefined,
    body: html`${complaint(wrong)}
<p>${t('Number and code stand in the message that you got, and on the page where you filed the appeal.')}</p>
${form(view, {
  to: addresses.status,
  button: t('Show'),
  body: html`${field({ name: 'number', label: t('Number'), hint: 'A-2026-000123', value: number })}
${field({ name: 'code', label: t('Code'), hint: 'ABCD-EFGH' })}`,
})}
<p>${t('You do not have the code?')} <a href="${addresses.signIn}">${t('Sign in with your telephone')}</a></p>`,
  })
}

/** `code`: as it was typed; a file of the reply is asked for with it. */
export function statusPage(view: View, appeal: CitizenAppeal, code: string): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Appeal {number}', { number: appeal.number }),
    body: html`${standing(view, appeal, { to: addresses.replyFileByCode, proof: { number: appeal.number, code } })}
<p><a href="${addresses.signIn}">${t('Sign in to add something, to take it back or to rate it')}</a></p>`,
  })
}

export function ownAppealPage(
  view: View,
  appeal: OwnAppeal,
  told: {
    done?: string | undefined
    complaint?: string | undefined
    written?: Written | undefined
    keys: ActionKeys
  },
): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('Appeal {number}', { number: appeal.number }),
    isWrong: told.complaint !== undefined || told.written !== undefined,
    body: html`${complaint(told.complaint)}
${told.done !== undefined && html`<p class="done" role="status">${told.done}</p>`}
${standing(view, appeal, { to: addresses.replyFile(appeal.number), proof: {} })}
<h2>${t('What you wrote')}</h2>
<p class="said">${appeal.words}</p>
${appeal.additions.map(
  ({ at, text }) =>
    html`<p class="dim">${t('Added on {when}', { when: shortMoment(at) })}</p><p class="said">${text}</p>`,
)}
${rating(view, appeal, told.written)}
${appeal.actions.map((action) => actionForm(view, appeal, { action, key: told.keys[action], written: told.written }))}
<p><a href="${addresses.cabinet}">${t('My cabinet')}</a></p>`,
  })
}

/** What was sent and not taken: it stands in its form again, with what is wrong with it. */
export type Written = {
  in: CitizenAction | 'rating'
  words: string
  stars?: string | undefined
  problem?: string | undefined
  starsProblem?: string | undefined
}

/** Made once for each form: sent twice it moves once. */
export type ActionKeys = Readonly<Record<CitizenAction, string>>

/** Where a file of the reply is asked for, and what shows that it is his who asks. */
type FileWay = { to: string; proof: Readonly<Record<string, string>> }

function standing(view: View, appeal: CitizenAppeal, way: FileWay): Html {
  const t = textsIn(view.language)
  const { explanation, reply, signature } = appeal
  return html`<dl>
<dt>${t('It stands')}</dt><dd class="big">${stageText(view, appeal.stage)}</dd>
<dt>${t('Kind')}</dt><dd>${t(KIND_NAMES[appeal.kind])}</dd>
<dt>${t('Registered on')}</dt><dd>${longDay(appeal.registeredOn, view.language)}</dd>
${appeal.dueOn && html`<dt>${t('Reply by')}</dt><dd>${longDay(appeal.dueOn, view.language)}</dd>`}
</dl>
${explanation !== null && html`<h2>${t('Explanation')}</h2><p class="said">${explanation}</p>`}
${
  reply &&
  html`<h2>${t('Reply')}</h2><p class="dim">${shortMoment(reply.at)}${reply.result && ` – ${t(RESULTS[reply.result])}`}</p><p class="said">${reply.text}</p>`
}
${signed(view, signature)}
${replyFiles(view, appeal.files, way)}
<h2>${t('Its way until now')}</h2>
<ol class="cards">${appeal.story.map((line) => storyLine(view, line))}</ol>`
}

function signed(view: View, signature: CitizenSignature | null): Html | null {
  if (signature === null) return null
  const t = textsIn(view.language)
  const { by } = signature
  return html`<p class="dim">${by === null ? t('Signed electronically') : t('Signed electronically: {name}', { name: by })}</p>`
}

function storyLine(view: View, { at, dueOn, signature, what, words }: StoryLine): Html {
  const t = textsIn(view.language)
  const text = what === 'studied' || what === 'extended' ? t(NOTICES[what]) : stageText(view, what)
  const day = dueOn && t('reply by {day}', { day: longDay(dueOn, view.language) })
  return html`<li><p>${text}${day && ` – ${day}`}</p>${words !== null && html`<p class="said">${words}</p>`}${signed(view, signature)}<p class="dim">${shortMoment(at)}</p></li>`
}

function replyFiles(view: View, files: readonly ReplyFile[], { proof, to }: FileWay): Html | false {
  const t = textsIn(view.language)
  const sizeOf = (bytes: number): string => {
    const { size, unit } = fileSize(bytes)
    return unit === 'KB' ? t('{size} KB', { size }) : t('{size} MB', { size })
  }
  return (
    files.length > 0 &&
    html`<h3>${t('Documents of the reply')}</h3>
<ul class="cards">${files.map(
      ({ bytes, id, name }) =>
        html`<li>${form(view, {
          to,
          button: t('Save {name}', { name }),
          tone: 'quiet',
          body: Object.entries({ ...proof, file: id }).map(
            ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
          ),
        })}<p class="dim">${sizeOf(bytes)}</p></li>`,
    )}</ul>`
  )
}

function rating(
  view: View,
  { mayBeRated, number, rating: given }: OwnAppeal,
  written: Written | undefined,
): Html | false {
  const t = textsIn(view.language)
  const mine = written?.in === 'rating' ? written : undefined
  if (given) {
    const text = t('You rated it {stars} of {most}.', { stars: given.stars, most: RATING_MAX_STARS })
    return html`<h2>${t('Your rating')}</h2><p>${text}</p>${given.words !== '' && html`<p class="said">${given.words}</p>`}`
  }
  if (!mayBeRated) return false
  const stars = Array.from({ length: RATING_MAX_STARS }, (_none, at) => String(at + 1)).reverse()
  return html`<h2>${t('Rate how your appeal was handled')}</h2>
${form(view, {
  to: addresses.act(number, 'rating'),
  button: t('Rate'),
  tone: 'quiet',
  body: html`${choices({
    name: 'stars',
    label: t('Five is best'),
    choices: stars.map((value) => ({ value, label: value })),
    value: mine?.stars,
    problem: mine?.starsProblem,
  })}
${field({ name: 'words', label: t('What was good or bad, if you like'), rows: 3, isOptional: true, value: mine?.words, problem: mine?.problem, focus: mine !== undefined })}`,
})}`
}

const ACTIONS: Readonly<
  Record<CitizenAction, { title: TextKey; label: TextKey; button: TextKey; tone: 'quiet' | 'grave' }>
> = {
  supplement: { title: 'Add something', label: 'What do you want to add?', button: 'Add', tone: 'quiet' },
  withdraw: {
    title: 'Take the appeal back',
    label: 'Why do you take it back?',
    button: 'Take back',
    tone: 'grave',
  },
  reopen: {
    title: 'The matter is not settled',
    label: 'What is not settled?',
    button: 'Open the appeal again',
    tone: 'quiet',
  },
}

/** Closed until it is wanted: what is taken back is not considered any more. */
function actionForm(
  view: View,
  { number, version }: OwnAppeal,
  { action, key, written }: { action: CitizenAction; key: string; written: Written | undefined },
): Html {
  const mine = written?.in === action ? written : undefined
  const t = textsIn(view.language)
  const { title, label, button, tone } = ACTIONS[action]
  return html`<details${mine && html` open`}><summary>${t(title)}</summary>
${form(view, {
  to: addresses.act(number, action),
  button: t(button),
  tone,
  body: html`<input type="hidden" name="key" value="${key}"><input type="hidden" name="version" value="${version}">
${action === 'withdraw' && html`<p class="hint">${t('Then it is not considered any more. You can file another one at any time.')}</p>`}
${field({ name: `words-${action}`, label: t(label), rows: 4, value: mine?.words, problem: mine?.problem, focus: mine !== undefined })}`,
})}
</details>`
}

export function appealRow(view: View, appeal: CitizenAppealRow): Html {
  const t = textsIn(view.language)
  return html`<li><h3><a href="${addresses.appeal(appeal.number)}">${appeal.number}</a></h3>
<p>${t(KIND_NAMES[appeal.kind])} – ${stageText(view, appeal.stage)}</p>
<p class="dim">${shortDay(appeal.registeredOn)}${appeal.dueOn && ` – ${t('reply by {day}', { day: shortDay(appeal.dueOn) })}`}</p></li>`
}

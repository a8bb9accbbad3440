/** What belongs to one telephone or one person: appeals, calls, who opened them. */
import type { Instant } from '#core/lib/time.ts'
import type { OpeningKind } from '#core/portal/openings.ts'
import { opens, type Proof, type ProvenIdentity } from '#core/portal/proven-identity.ts'
import type { Role } from '#core/staff/permissions.ts'
import { maskNumber } from '#core/text/phone-number.ts'
import { duration, shortMoment } from '#core/text/uzbek-dates.ts'
import { addresses } from '../addresses.ts'
import { form } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { textsIn, type TextKey } from '../texts.ts'
import type { View } from '../view.ts'
import { appealRow, type CitizenAppealRow } from './appeal.ts'

export function cabinetPage(
  view: View,
  {
    identity,
    appeals,
    olderThan,
  }: { identity: ProvenIdentity; appeals: readonly CitizenAppealRow[]; olderThan: string | undefined },
): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('My cabinet'),
    body: html`<p>${
      identity.by === 'phone'
        ? t('You are signed in with {number}.', { number: maskNumber(identity.e164) })
        : t('You are signed in by OneID as {name}.', { name: identity.name })
    }</p>
<nav aria-label="${t('My cabinet')}"><ul>
${opens(identity, 'calls') && html`<li><a href="${addresses.calls}">${t('My calls')}</a></li>`}
<li><a href="${addresses.opened}">${t('Who opened my data')}</a></li>
</ul></nav>
${!opens(identity, 'calls') && html`<p class="dim">${t('Your calls are in the cabinet of your telephone: sign out, and sign in with a code.')}</p>`}
<h2>${t('My appeals')}</h2>
${
  appeals.length === 0
    ? html`<p>${t('There are none yet.')}</p>`
    : html`<ul class="cards">${appeals.map((appeal) => appealRow(view, appeal))}</ul>`
}
${olderThan !== undefined && html`<p><a href="${addresses.olderAppeals(olderThan)}">${t('Older ones')}</a></p>`}
<p><a href="${addresses.file}">${t('File an appeal')}</a></p>
${form(view, { to: addresses.signOut, button: t('Sign out'), tone: 'quiet', body: null })}`,
  })
}

export const CALL_ENDS = ['answered', 'calledBack', 'messageLeft', 'inMenu', 'notAnswered'] as const
export type CallEnd = (typeof CALL_ENDS)[number]

export type RecordingStand = 'none' | 'canBeAsked' | 'asked' | 'granted' | 'refused'

export type OwnCall = {
  readonly id: string
  readonly at: Instant
  /** Nothing where nobody was waited for. */
  readonly waitedSeconds: number | null
  readonly talkedSeconds: number | null
  readonly end: CallEnd
  readonly recording: RecordingStand
  /** Of a wish that was turned down. */
  readonly reason: string
}

const ENDS: Readonly<Record<CallEnd, TextKey>> = {
  answered: 'An operator answered',
  calledBack: 'We called you back',
  messageLeft: 'You left a message',
  inMenu: 'The call ended in the menu',
  notAnswered: 'Nobody had answered when the call ended',
}

const RECORDINGS: Readonly<Record<Exclude<RecordingStand, 'none' | 'canBeAsked' | 'granted'>, TextKey>> = {
  asked: 'You have asked for the recording; it is being decided.',
  refused: 'The recording is not given out.',
}

export function callsPage(view: View, { calls }: { calls: readonly OwnCall[] }): Html {
  const t = textsIn(view.language)
  return layout(view, {
    title: t('My calls'),
    body: html`<p class="dim">${t('The newest calls from your telephone.')}</p>
${
  calls.length === 0
    ? html`<p>${t('There are none yet.')}</p>`
    : html`<ul class="cards">${calls.map((call) => callItem(view, call))}</ul>`
}
<p><a href="${addresses.cabinet}">${t('My cabinet')}</a></p>`,
  })
}

function callItem(view: View, call: OwnCall): Html {
  const t = textsIn(view.language)
  const { recording, talkedSeconds, waitedSeconds } = call
  return html`<li><h2>${shortMoment(call.at)}</h2>
<p>${t(ENDS[call.end])}</p>
${waitedSeconds !== null && html`<p class="dim">${t('You waited {time}', { time: duration(waitedSeconds) })}</p>`}
${talkedSeconds !== null && html`<p class="dim">${t('You talked {time}', { time: duration(talkedSeconds) })}</p>`}
${
  recording === 'canBeAsked'
    ? form(view, {
        to: addresses.recording(call.id),
        button: t('Ask for the recording'),
        tone: 'quiet',
        body: null,
      })
    : recording === 'granted'
      ? html`<audio controls preload="none" src="${addresses.recording(call.id)}"></audio>`
      : recording !== 'none' && html`<p>${t(RECORDINGS[recording])}</p>`
}
${call.reason !== '' && html`<p class="said">${call.reason}</p>`}</li>`
}

/** Somebody of the staff, whoever was signed in with the telephone or by OneID, or whoever had number and code. */
export type Opener = Role | 'telephone' | 'person' | 'code'

export type Opening = {
  readonly at: Instant
  readonly what: OpeningKind
  readonly who: Opener
  /** Only where the organisation shows names. */
  readonly name: string | null
}

const OPENED: Readonly<Record<OpeningKind, TextKey>> = {
  recordingHeard: 'listened to the recording of your call',
  documentOpened: 'opened the number of your document',
  cardOpened: 'opened your card',
  cardChanged: 'changed your card',
  appealOpened: 'opened your appeal',
  takenOut: 'took your appeal out in a list',
  appealMoved: 'worked on your appeal',
  fileOpened: 'opened a file of your appeal',
  paperOpened: 'opened the official document of your appeal',
  replyFileOpened: 'saved a document of the reply',
}

const OPENERS: Readonly<Record<Opener, TextKey>> = {
  telephone: 'Somebody with the telephone',
  person: 'Somebody signed in by OneID',
  code: 'Somebody with the number and the code',
  agent: 'Operator',
  supervisor: 'Supervisor',
  editor: 'Editor',
  chancellery: 'Chancellery',
  officer: 'Responsible officer',
  administrator: 'Administrator',
}

/** By which proof whoever reads it is signed in: what was opened by the same proof he opened himself. */
const OWN_OPENER: Readonly<Record<Proof, Opener>> = { phone: 'telephone', person: 'person' }

export function openedPage(view: View, { by, openings }: { by: Proof; openings: readonly Opening[] }): Html {
  const t = textsIn(view.language)
  const whoText = ({ name, who }: Opening) =>
    who === OWN_OPENER[by] ? t('You') : [t(OPENERS[who]), name].filter(Boolean).join(' ')
  return layout(view, {
    title: t('Who opened my data'),
    body: html`<p class="dim">${t('Each of these is written down when it happens, and nobody can change it afterwards.')}</p>
${
  openings.length === 0
    ? html`<p>${t('Nobody has opened them yet.')}</p>`
    : html`<ul class="cards">${openings.map(
        (one) =>
          html`<li><p>${whoText(one)}: ${t(OPENED[one.what])}</p><p class="dim">${shortMoment(one.at)}</p></li>`,
      )}</ul>`
}
<p><a href="${addresses.cabinet}">${t('My cabinet')}</a></p>`,
  })
}

/**
 * What citizens are told by SMS. Providers let through only texts they have approved, so there are few and they are
 * fixed. None says what an appeal is about: a telephone lies on the table, and others read it.
 */
import { shortDay, type WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'
import {
  addDays,
  type Day,
  type Instant,
  tashkentDay,
  tashkentMidnight,
  tashkentMinuteOfDay,
} from '#core/lib/time.ts'
import { smsText } from './sms-text.ts'

/** What is told of itself, in words that stand below. */
export const TOLD_KINDS = [
  'code',
  'appealRegistered',
  'appealReplied',
  'appealForwarded',
  'appealReturned',
  'appealLeft',
  'appealReopened',
  'appealStudied',
  'appealExtended',
] as const
export type ToldKind = (typeof TOLD_KINDS)[number]
/** `ready`: one that an agent chose, written by an administrator (ready-messages.ts). */
export type MessageKind = ToldKind | 'ready'

export type MessageFacts = {
  readonly code?: string
  readonly number?: string
  readonly followCode?: string
  readonly dueOn?: string | null
  /** Where the portal is; none where nobody has said it. */
  readonly address?: string
}

type Written = 'uz' | 'ru' | 'en'

const TEXTS: Readonly<Record<ToldKind, Readonly<Record<Written, string>>>> = {
  code: {
    uz: 'Tasdiqlash kodi: {code}. Uni hech kimga aytmang. 10 daqiqa amal qiladi.',
    ru: 'Код подтверждения: {code}. Никому его не сообщайте. Действует 10 минут.',
    en: 'Your code: {code}. Tell it to nobody. It is valid for 10 minutes.',
  },
  appealRegistered: {
    uz: '{number} raqamli murojaatingiz roʻyxatga olindi.{due} Kuzatish kodi: {followCode}.{address}',
    ru: 'Ваше обращение {number} зарегистрировано.{due} Код для отслеживания: {followCode}.{address}',
    en: 'Your appeal {number} is registered.{due} Code to follow it: {followCode}.{address}',
  },
  appealReplied: {
    uz: '{number} raqamli murojaatingizga javob tayyor.{address}',
    ru: 'На ваше обращение {number} готов ответ.{address}',
    en: 'There is a reply to your appeal {number}.{address}',
  },
  appealForwarded: {
    uz: '{number} raqamli murojaatingiz vakolatli organga yuborildi.{address}',
    ru: 'Ваше обращение {number} направлено в компетентный орган.{address}',
    en: 'Your appeal {number} was sent on to the competent authority.{address}',
  },
  appealReturned: {
    uz: '{number} raqamli murojaatingiz izoh bilan qaytarildi.{address}',
    ru: 'Ваше обращение {number} возвращено с разъяснением.{address}',
    en: 'Your appeal {number} was returned with an explanation.{address}',
  },
  appealLeft: {
    uz: '{number} raqamli murojaatingiz koʻrmasdan qoldirildi, sababi kabinetda.{address}',
    ru: 'Ваше обращение {number} оставлено без рассмотрения, причина в кабинете.{address}',
    en: 'Your appeal {number} was left unconsidered; the reason is in your cabinet.{address}',
  },
  appealReopened: {
    uz: '{number} raqamli murojaatingiz qayta ochildi.{due}{address}',
    ru: 'Ваше обращение {number} открыто снова.{due}{address}',
    en: 'Your appeal {number} was opened again.{due}{address}',
  },
  appealStudied: {
    uz: '{number} raqamli murojaatingizni qoʻshimcha oʻrganish zarur.{due}{address}',
    ru: 'По вашему обращению {number} требуется дополнительное изучение.{due}{address}',
    en: 'Your appeal {number} has to be studied further.{due}{address}',
  },
  appealExtended: {
    uz: '{number} raqamli murojaatingizga javob muddati uzaytirildi.{due} Sababi kabinetda.{address}',
    ru: 'Срок ответа на ваше обращение {number} продлён.{due} Причина в кабинете.{address}',
    en: 'The time for the reply to your appeal {number} was extended.{due} The reason is in your cabinet.{address}',
  },
}

const DUE: Readonly<Record<Written, string>> = {
  uz: ' Javob muddati: {day}.',
  ru: ' Ответ до {day}.',
  en: ' Reply by {day}.',
}

/** Whether it is worth nothing when it comes late: then it is not tried for long. */
export function isUrgent(kind: MessageKind): boolean {
  return kind === 'code'
}

export function messageText(kind: ToldKind, facts: MessageFacts, language: WrittenLanguage): string {
  const written = language === 'uz-Cyrl' ? 'uz' : language
  const due = facts.dueOn
    ? inScript(DUE[written], language).replace('{day}', shortDay(facts.dueOn as Day))
    : ''
  const values: Record<string, string> = {
    code: facts.code ?? '',
    number: facts.number ?? '',
    followCode: facts.followCode ?? '',
    due,
    address: facts.address ? ` ${facts.address}` : '',
  }
  const text = inScript(TEXTS[kind][written], language).replace(
    /\{(\w+)\}/g,
    (_all, name: string) => values[name] ?? '',
  )
  return smsText(text)
}

/** The names in braces stay as they are. */
function inScript(text: string, language: WrittenLanguage): string {
  if (language !== 'uz-Cyrl') return text
  return text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? part : toCyrillic(part)))
    .join('')
}

/** Of a move of an appeal, what its citizen is told at once. */
const KIND_OF_ACTION: Readonly<Record<string, ToldKind>> = {
  register: 'appealRegistered',
  reply: 'appealReplied',
  forward: 'appealForwarded',
  return: 'appealReturned',
  approveLeaving: 'appealLeft',
  reopen: 'appealReopened',
  study: 'appealStudied',
  extend: 'appealExtended',
}

export function messageOfMove(action: string): ToldKind | undefined {
  return KIND_OF_ACTION[action]
}

const TELLS_AS_THE_LAW_ASKS: readonly MessageKind[] = [
  'appealStudied',
  'appealReplied',
  'appealForwarded',
  'appealReturned',
  'appealLeft',
]

/** Whoever has got it was told what became of his appeal, or in writing that it is studied, as the law asks. */
export function tellsAsTheLawAsks(kind: MessageKind): boolean {
  return TELLS_AS_THE_LAW_ASKS.includes(kind)
}

const QUIET_FROM_MINUTE = 22 * 60
const QUIET_UNTIL_MINUTE = 8 * 60

/** From when on it may be sent: what the citizen waits for at once, anything else not while people sleep. */
export function sendFrom(kind: ToldKind, now: Instant): Instant {
  if (kind === 'code' || kind === 'appealRegistered') return now
  const minute = tashkentMinuteOfDay(now)
  if (minute >= QUIET_UNTIL_MINUTE && minute < QUIET_FROM_MINUTE) return now
  const today = tashkentDay(now)
  const morning = minute < QUIET_UNTIL_MINUTE ? today : addDays(today, 1)
  return tashkentMidnight(morning) + QUIET_UNTIL_MINUTE * 60_000
}

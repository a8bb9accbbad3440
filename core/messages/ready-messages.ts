/**
 * Messages that an administrator has written and an agent sends to whoever calls: where the form of the portal is, where
 * results are published. Nobody types one in a call: providers let through only texts they have approved, and a
 * telephone is no place for what an agent makes up.
 *
 * It goes to the number of the call and to no other, in the language of the call, each of them once in a call.
 */
import { mayDialOut } from '#core/calls/dialling-rules.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingProblem, settingReport } from '#core/lib/setting-problems.ts'
import type { Instant } from '#core/lib/time.ts'
import type { NumberConfidence } from '#core/text/phone-number.ts'
import { smsSegments, smsText } from './sms-text.ts'

export type ReadyMessage = {
  /** Typed once: by it is known what a call was sent. */
  readonly code: string
  readonly names: Texts
  /** `{portal}` stands for the address of the citizens’ portal. */
  readonly texts: Texts
  readonly isOffered: boolean
}

const READY_MESSAGES_MAX = 20
const READY_CODE_MAX_CHARACTERS = 32
const READY_NAME_MAX_CHARACTERS = 40
const READY_TEXT_MAX_CHARACTERS = 400
/** Each part is paid for, and a telephone shows a long one badly. */
const READY_PARTS_MAX = 3
const READY_A_CALL_MAX = 5
/** One number, however often it calls on one day. */
const READY_A_NUMBER_A_DAY_MAX = 10
/** After the end of a call: as long as it may still wait to be classified on the next working day. */
const READY_WITHIN_HOURS = 24

const CODE = new RegExp(`^[a-z][a-zA-Z0-9]{0,${READY_CODE_MAX_CHARACTERS - 1}}$`)
const PLACE = /\{([^{}]*)\}/g
const HOUR_MS = 3_600_000
/** As long as the address of a portal usually is: the real one is filled in when the message goes. */
const ANY_ADDRESS = 'https://murojaat.example.uz'

export const FIRST_READY_MESSAGES: readonly ReadyMessage[] = [
  {
    code: 'portal',
    names: { uz: 'Murojaat portali', ru: 'Портал обращений' },
    texts: {
      uz: 'Murojaatni shu yerda yuborish va kuzatish mumkin: {portal}',
      ru: 'Подать обращение и следить за ним можно здесь: {portal}',
    },
    isOffered: true,
  },
]

/** In problems a message is the row of its code, or of its number from 1 while it has none. */
export function checkReadyMessages(messages: readonly ReadyMessage[]): SettingProblem[] {
  const problems: SettingProblem[] = []
  for (const [index, { code, names, texts }] of messages.entries()) {
    const report = settingReport(problems, code.trim() || String(index + 1))
    if (!CODE.test(code)) report('badCode', 'code', { most: READY_CODE_MAX_CHARACTERS })
    else if (messages.findIndex((one) => one.code === code) < index) report('taken', 'code', { value: code })
    for (const language of ['uz', 'ru'] as const) {
      checkName(report, language, [names[language], READY_NAME_MAX_CHARACTERS])
      const field = `${language}Text`
      const text = texts[language]
      checkName(report, field, [text, READY_TEXT_MAX_CHARACTERS])
      for (const [, name = ''] of text.matchAll(PLACE))
        if (name !== 'portal') report('unknownValue', field, { value: name })
      const parts = smsSegments(filledIn(text, ANY_ADDRESS))
      if (parts > READY_PARTS_MAX) report('tooManyParts', field, { count: parts, most: READY_PARTS_MAX })
    }
  }
  if (messages.length > READY_MESSAGES_MAX) {
    const params = { count: messages.length, most: READY_MESSAGES_MAX }
    problems.push(settingProblem('*', 'tooMany', { field: 'code', params }))
  }
  return problems
}

type WrittenSms = { readonly text: string; readonly parts: number }

/** As it goes out, and what it is charged as; nothing where it names the portal and nobody has said where that is. */
export function readyText(
  { texts }: Pick<ReadyMessage, 'texts'>,
  language: CallLanguage,
  address: string | undefined,
): WrittenSms | undefined {
  const text = texts[language]
  if (!address && text.includes('{portal}')) return undefined
  const written = filledIn(text, address ?? '')
  return { text: written, parts: smsSegments(written) }
}

function filledIn(text: string, address: string): string {
  return smsText(text.replaceAll('{portal}', address))
}

/** Why nothing can be sent to whoever called. */
export const READY_REFUSALS = ['numberHidden', 'numberNotAllowed', 'tooLate', 'enough', 'noSender'] as const
export type ReadyRefusal = (typeof READY_REFUSALS)[number]

export type ReadyCall = {
  /** E.164. */
  readonly number: string | null
  readonly confidence: NumberConfidence
  readonly endedAt: Instant | null
  /** Ready messages that went to it in this call, and today to its number. */
  readonly sentInCall: number
  readonly sentToday: number
}

/** Nothing, where one can be sent now. A number that was partly guessed may be a stranger’s; foreign, short and costly ones get no SMS. */
export function readyRefusal(
  { confidence, endedAt, number, sentInCall, sentToday }: ReadyCall,
  { now, hasSender }: { now: Instant; hasSender: boolean },
): ReadyRefusal | undefined {
  if (!number || confidence !== 'high') return 'numberHidden'
  if (!('dial' in mayDialOut(number))) return 'numberNotAllowed'
  if (!hasSender) return 'noSender'
  if (endedAt !== null && now - endedAt > READY_WITHIN_HOURS * HOUR_MS) return 'tooLate'
  const isEnough = sentInCall >= READY_A_CALL_MAX || sentToday >= READY_A_NUMBER_A_DAY_MAX
  return isEnough ? 'enough' : undefined
}

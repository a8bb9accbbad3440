/**
 * The flow language: what a caller hears and may press before a person answers.
 *
 * A flow is data. It is kept in versions, changed on a screen, and published
 * only when checkFlow (check-flow.ts) finds nothing wrong with it; the
 * interpreter (interpreter.ts) may therefore trust every flow it is given.
 *
 * Three keys mean the same everywhere, so that nobody is ever trapped:
 * `0` a person, `*` say it again, `#` one step back. Only inside askDigits is
 * `0` a digit, and `#` the end of the number.
 */
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'

export type NodeId = string

export const PRIORITY_MAX = 9

export const OPERATOR_KEY = '0'
export const REPEAT_KEY = '*'
export const BACK_KEY = '#'
export const GLOBAL_KEYS = [OPERATOR_KEY, REPEAT_KEY, BACK_KEY] as const

export type Flow = {
  readonly start: NodeId
  /** Spoken in this order where the caller has not chosen a language yet; the first is the default until then. */
  readonly languages: readonly CallLanguage[]
  /** Where `0` leads. */
  readonly operator: NodeId
  /** Said before a menu is repeated because the key pressed is not in it. */
  readonly wrongKey: Texts
  readonly nodes: Readonly<Record<NodeId, FlowNode>>
}

export type FlowNode =
  | AnnounceNode
  | AnswerNode
  | ChooseLanguageNode
  | MenuNode
  | AskDigitsNode
  | QueueNode
  | TakeMessageNode
  | HangUpNode

/** Says something and goes on. Before an answer node it is early media: heard instead of the ring tone, free of charge. */
export type AnnounceNode = {
  readonly kind: 'announce'
  readonly texts: Texts
  readonly next: NodeId
  /** Keys do not cut it short, e.g. the notice that the call is recorded; they are kept for the next node. */
  readonly mustBeHeard?: boolean
}

export type AnswerNode = { readonly kind: 'answer'; readonly next: NodeId }

/** What a node does when the caller stays silent or keeps pressing wrong keys. */
type Waits = {
  readonly waitSeconds: number
  /** How often it is said again before the caller is sent on. */
  readonly repeats: number
  readonly onNoInput: NodeId
  readonly onWrongKey: NodeId
}

export type LanguageChoice = {
  readonly key: string
  readonly language: CallLanguage
  /** The whole sentence, spoken in that language. */
  readonly text: string
}

export type ChooseLanguageNode = Waits & {
  readonly kind: 'chooseLanguage'
  readonly choices: readonly LanguageChoice[]
  /** Given to a caller who chooses none. */
  readonly defaultLanguage: CallLanguage
  readonly next: NodeId
}

export type MenuChoice = {
  readonly key: string
  /** A short name, as on a screen; spoken-choice.ts makes the sentence. */
  readonly label: Texts
  readonly next: NodeId
  readonly topic?: TopicCode
}

export type MenuNode = Waits & {
  readonly kind: 'menu'
  /** Said before the choices. */
  readonly texts?: Texts
  readonly choices: readonly MenuChoice[]
  /** Said after the choices, e.g. what `0`, `*` and `#` do. */
  readonly closing?: Texts
}

/** Asks for a number such as an appeal's, ended by `#` or by its length. */
export type AskDigitsNode = Waits & {
  readonly kind: 'askDigits'
  /** The name under which the run keeps the digits. */
  readonly name: string
  readonly texts: Texts
  readonly minDigits: number
  readonly maxDigits: number
  /** Path and keys then show `•` instead of each digit. */
  readonly personal: boolean
  readonly next: NodeId
}

export type QueueNode = {
  readonly kind: 'queue'
  readonly queue: QueueId
  readonly topic?: TopicCode
  /** Steps of a head start before whoever comes another way, 1 … PRIORITY_MAX; core/routing/queue-settings.ts says what a step is worth. */
  readonly priority?: number
}

/** Says what to do and lets the caller speak after the tone. */
export type TakeMessageNode = { readonly kind: 'takeMessage'; readonly texts: Texts }

export type HangUpNode = { readonly kind: 'hangUp'; readonly texts: Texts }

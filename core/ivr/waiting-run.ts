/** What is remembered of one waiting caller besides his place, what the rules of waiting are told, and what they ask for. */
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import type { FlowEvent } from './flow-run.ts'
import type { Say } from './spoken.ts'
import type { Place, Told, WaitingOffers } from './waiting.ts'

/**
 * - `listening`: to music and announcements.
 * - `confirming`: a number was read out; he says whether it is right.
 * - `typing`: he was asked for a number.
 * - `beforeMessage`: about to leave a message; he may still think better of it.
 * - `leaving`: he is told goodbye and is not in the queue any more.
 * - `left`: nothing is said to him any more.
 */
export type WaitingStep = 'listening' | 'confirming' | 'typing' | 'beforeMessage' | 'leaving' | 'left'

export type WaitingEvent = FlowEvent

export type WaitingCommand =
  | { readonly do: 'play'; readonly playback: number; readonly say: readonly Say[] }
  | { readonly do: 'stopPlaying' }
  | { readonly do: 'startMusic' }
  | { readonly do: 'startTimer'; readonly timer: number; readonly seconds: number }
  /** He leaves the queue and keeps his place: `number` is to be called. */
  | { readonly do: 'promiseCallback'; readonly number: string }
  /** He leaves the queue because there is a callback for his number already. */
  | { readonly do: 'keepCallback'; readonly number: string }
  | { readonly do: 'takeMessage' }
  | { readonly do: 'hangUp' }

/** Whether we would call a number back. */
export const NUMBER_VERDICTS = ['callable', 'notAllowed', 'promisedBefore', 'calledEnough'] as const
export type NumberVerdict = (typeof NUMBER_VERDICTS)[number]

/** The world as it is at the moment of an event. */
export type WaitingFacts = {
  readonly place: Place
  readonly offers: WaitingOffers
  /** What his queue tells between the announcements of his place. */
  readonly information: readonly Texts[]
  /** The number he calls from, if it was shown. */
  readonly callerNumber: string | undefined
  readonly judge: (number: string) => NumberVerdict
  /** Whether his turn would come when nobody is called any more. */
  readonly isForMorning: boolean
}

export type WaitingRun = {
  readonly step: WaitingStep
  readonly language: CallLanguage
  readonly told: Told
  /** Announcements made so far. */
  readonly announced: number
  /** The number of the playback that is being heard. */
  readonly playback: number
  readonly isPlaying: boolean
  readonly timer: number
  /** How often the present question was asked in vain. */
  readonly attempts: number
  /** Steps one can read, after those of the flow: `waiting:callback`, `digits:callback:•••••••••`, `wrongKey:7`. */
  readonly path: readonly string[]
  /** The keys that had an effect, personal ones as `•`. */
  readonly keys: string
  readonly pressed: number
  /** In memory only, and never for a log or a journal. */
  readonly secret: { readonly number: string | undefined; readonly typing: string }
}

/** What the interpreter remembers of one caller, what it is told, and what it asks for. */
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { NodeId } from './flow.ts'
import type { Say } from './spoken.ts'

/** Each playback and each timer has a number of its own; reports with any other number are out of date and ignored. */
export type FlowEvent =
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'promptsPlayed'; readonly playback: number }
  | { readonly type: 'waitedLongEnough'; readonly timer: number }

export type FlowCommand =
  | { readonly do: 'answer' }
  | { readonly do: 'play'; readonly playback: number; readonly say: readonly Say[] }
  | { readonly do: 'stopPlaying' }
  | { readonly do: 'startTimer'; readonly timer: number; readonly seconds: number }
  | {
      readonly do: 'enterQueue'
      readonly queue: QueueId
      readonly language: CallLanguage
      readonly topic?: TopicCode
      readonly priority?: number
    }
  | { readonly do: 'takeMessage'; readonly language: CallLanguage }
  | { readonly do: 'hangUp' }

/** What the run is waiting for. Only a run that has ended waits for nothing: that is what „never silence" means. */
export type Awaited =
  | { readonly for: 'prompts'; readonly playback: number }
  | { readonly for: 'key'; readonly timer: number }
  | { readonly for: 'nothing' }

/** A place `#` can return to: the node, and what had been chosen on arriving there. */
export type Visit = { readonly node: NodeId; readonly chosen: string; readonly topic: TopicCode | undefined }

export type FlowRun = {
  readonly node: NodeId
  readonly language: CallLanguage
  readonly languageChosen: boolean
  readonly answered: boolean
  readonly ended: boolean
  readonly awaited: Awaited
  /** How often the present node has been said in vain. */
  readonly attempts: number
  /** Languages and menus on the way here, the present one last. */
  readonly trail: readonly Visit[]
  /** The menu keys that led here, e.g. `1.2`. */
  readonly chosen: string
  readonly topic: TopicCode | undefined
  /** Steps one can read: `language:uz`, `menu:1`, `menu:1.2`, `noInput`, `wrongKey:7`, `repeat`, `back`, `operator`, `digits:permit:••••`. */
  readonly path: readonly string[]
  /** The keys that had an effect, personal ones as `•`. */
  readonly keys: string
  readonly pressed: number
  readonly lastPlayback: number
  readonly lastTimer: number
  /** In memory only, and never for a log or a journal: these may be personal data in clear. */
  readonly secret: {
    /** Keys pressed while something had to be heard, still to be taken. */
    readonly ahead: string
    /** The number being typed now. */
    readonly typing: string
    /** The finished numbers by the name of their node. */
    readonly collected: Readonly<Record<string, string>>
  }
}

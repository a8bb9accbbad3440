/**
 * What the citizen hears and presses in the flow, and the ways out of a call that
 * no agent takes. The rules are core/ivr's; here they are only carried out. While
 * he waits, waiting-side.ts sees to him.
 */
import type { Logger } from 'pino'
import { unreachable } from '#core/lib/assert.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowCommand, FlowEvent } from '#core/ivr/flow-run.ts'
import { startFlow, stepFlow } from '#core/ivr/interpreter.ts'
import type { Say } from '#core/ivr/spoken.ts'
import { WAITING_TEXTS } from '#core/ivr/waiting.ts'
import type { WaitingEvent } from '#core/ivr/waiting-run.ts'
import { askPatiently } from './asked-of-engine.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import { FAREWELL_PLAYBACK, FIRST_WAITING_PLAYBACK, isAwaited } from './playbacks.ts'
import { MediaGone, type MediaEngine, type PromptFile } from './ports.ts'

/** Four seconds: for a hiccup. Whoever is away for longer says when he is back. */
const MESSAGE_TRIES = 8

export type Prompts = { file(language: CallLanguage, text: string): Promise<PromptFile> }

/** Where a call has chosen to wait. */
export type QueuePlace = {
  queue: QueueId
  language: CallLanguage
  topic: TopicCode | undefined
  priority: number
}

export type CitizenSideDeps = {
  media: MediaEngine
  prompts: Prompts
  clock: Clock
  log: Logger
  flow(): Flow
  append(event: CallEvent): void
  /** What happens to a caller who has come to a queue. */
  stepWaiting(call: LiveCall, event: WaitingEvent): void
  enterQueue(call: LiveCall, place: QueuePlace): void
}

export class CitizenSide {
  readonly #deps: CitizenSideDeps

  constructor(deps: CitizenSideDeps) {
    this.#deps = deps
  }

  begin(call: LiveCall): void {
    const flow = this.#deps.flow()
    const [run, commands] = startFlow(flow)
    call.flow = flow
    call.run = run
    for (const command of commands) this.#carryOut(call, command)
  }

  digit(call: LiveCall, digit: string): void {
    this.#happened(call, { type: 'digit', digit })
  }

  promptsPlayed(call: LiveCall, playback: number): void {
    if (playback === FAREWELL_PLAYBACK) return call.stage === 'farewell' ? this.hangUp(call) : undefined
    if (playback < FIRST_WAITING_PLAYBACK) return this.#step(call, { type: 'promptsPlayed', playback })
    this.#deps.stepWaiting(call, { type: 'promptsPlayed', playback: playback - FIRST_WAITING_PLAYBACK })
  }

  /** Says why he cannot wait here, and ends the call. */
  sayFarewell(call: LiveCall): void {
    const { language } = call
    enterStage(call, 'farewell', this.#deps.clock.now())
    this.play(call, FAREWELL_PLAYBACK, [{ language, text: WAITING_TEXTS.sentAway[language] }])
  }

  takeMessage(call: LiveCall, language: CallLanguage): void {
    const { append, clock } = this.#deps
    enterStage(call, 'takingMessage', clock.now())
    append({ type: 'takingMessage', call: call.id })
    call.messageIn = language
    this.askForMessage(call)
  }

  /** He has no place any more, and hears music: an engine that could not be reached is asked again, also once it is back. */
  askForMessage(call: LiveCall): void {
    const { clock, log, media } = this.#deps
    const { messageIn: language } = call
    if (call.stage !== 'takingMessage' || !language) return
    askPatiently(clock, {
      ask: async () => {
        await media.takeMessage(call.id, language)
        call.messageIn = undefined
      },
      tries: MESSAGE_TRIES,
      isWanted: () => call.messageIn !== undefined,
      note: (error) => log.warn({ call: call.id, error }, 'a message could not be asked for'),
      failed: () => log.error({ call: call.id }, 'nobody asks for a message'),
    })
  }

  /** Does one request to the engine. A call that has gone is ordinary; a prompt that cannot be played must not stop the call. */
  tell(call: LiveCall, what: string, request: () => Promise<void>, otherwise?: () => void): void {
    const { log } = this.#deps
    request().catch((error: unknown) => {
      if (error instanceof MediaGone)
        return log.info({ call: call.id, what }, 'the call was gone from the engine')
      const reason = error instanceof Error ? error.message : String(error)
      log.error({ call: call.id, what, error: reason }, 'a request to the engine failed')
      otherwise?.()
    })
  }

  hangUp(call: LiveCall, by: 'agent' | 'system' = 'system'): void {
    call.endedBy = by
    this.tell(call, 'hangUp', () => this.#deps.media.hangUp(call.id, 'done'))
  }

  /** What cannot be heard must not stop the call: it goes on as if it had been. */
  play(call: LiveCall, playback: number, say: readonly Say[]): void {
    const { media, prompts } = this.#deps
    const request = async () => {
      const files = await Promise.all(say.map(({ language, text }) => prompts.file(language, text)))
      // While the prompt was being found the caller may have pressed on; then nothing is waiting for it.
      if (isAwaited(call, playback)) await media.play(call.id, playback, files)
    }
    this.tell(call, 'play', request, () => this.promptsPlayed(call, playback))
  }

  #happened(call: LiveCall, event: FlowEvent): void {
    if (call.stage === 'flow') this.#step(call, event)
    else this.#deps.stepWaiting(call, event)
  }

  #step(call: LiveCall, event: FlowEvent): void {
    if (call.stage !== 'flow' || !call.run || !call.flow) return
    const before = call.run
    const [run, commands] = stepFlow(call.flow, before, event)
    if (run === before) return
    call.run = run
    call.cancelTimer?.()
    call.cancelTimer = undefined
    if (run.languageChosen) call.language = run.language
    if (run.path !== before.path || run.keys !== before.keys) {
      const language = run.languageChosen ? { language: run.language } : {}
      this.#deps.append({ type: 'menuStepped', call: call.id, path: run.path, keys: run.keys, ...language })
    }
    for (const command of commands) this.#carryOut(call, command)
  }

  #carryOut(call: LiveCall, command: FlowCommand): void {
    const { media } = this.#deps
    switch (command.do) {
      case 'answer':
        return this.tell(call, 'answer', () => media.answer(call.id))
      case 'play':
        return this.play(call, command.playback, command.say)
      case 'stopPlaying':
        return this.tell(call, 'stopPlaying', () => media.stopPlaying(call.id))
      case 'startTimer':
        return this.#startTimer(call, command)
      case 'enterQueue': {
        const { queue, language, topic, priority = 0 } = command
        return this.#deps.enterQueue(call, { queue, language, topic, priority })
      }
      case 'takeMessage':
        return this.takeMessage(call, command.language)
      case 'hangUp':
        return this.hangUp(call)
      default:
        return unreachable(command)
    }
  }

  #startTimer(call: LiveCall, { seconds, timer }: Extract<FlowCommand, { do: 'startTimer' }>): void {
    call.cancelTimer?.()
    const ring = () => this.#step(call, { type: 'waitedLongEnough', timer })
    call.cancelTimer = this.#deps.clock.after(seconds * 1000, ring)
  }
}

/**
 * What the citizen hears and presses until an agent takes the call: the flow,
 * then the wait with its position announcements. The rules are core/ivr's; here
 * they are only carried out.
 */
import type { Logger } from 'pino'
import { unreachable } from '#core/lib/assert.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowCommand, FlowEvent } from '#core/ivr/flow-run.ts'
import { startFlow, stepFlow } from '#core/ivr/interpreter.ts'
import type { Say } from '#core/ivr/spoken.ts'
import { waitingTexts } from '#core/ivr/waiting.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import { MediaGone, type MediaEngine, type PromptFile } from './ports.ts'

/** After the first announcement the place in the queue is told this often. */
const POSITION_EVERY_MS = 45_000
/** Playbacks outside the flow count from here, so that they are never taken for the flow's own. */
const FIRST_WAITING_PLAYBACK = 1_000_000

export type Prompts = { file(language: CallLanguage, text: string): Promise<PromptFile> }

export type CitizenSideDeps = {
  media: MediaEngine
  prompts: Prompts
  clock: Clock
  log: Logger
  flow(): Flow
  append(event: CallEvent): void
  positionOf(call: LiveCall): number | undefined
  enterQueue(call: LiveCall, queue: QueueId, language: CallLanguage, topic: TopicCode | undefined): void
}

export type CitizenSide = ReturnType<typeof citizenSide>

export function citizenSide(deps: CitizenSideDeps) {
  const { media, prompts, clock, log, append } = deps

  function begin(call: LiveCall): void {
    const [run, commands] = startFlow(deps.flow())
    call.run = run
    for (const command of commands) carryOut(call, command)
  }

  function step(call: LiveCall, event: FlowEvent): void {
    if (call.stage !== 'flow' || !call.run) return
    const before = call.run
    const [run, commands] = stepFlow(deps.flow(), before, event)
    if (run === before) return
    call.run = run
    call.cancelTimer?.()
    call.cancelTimer = undefined
    if (run.languageChosen) call.language = run.language
    if (run.path !== before.path || run.keys !== before.keys) {
      const language = run.languageChosen ? { language: run.language } : {}
      append({ type: 'menuStepped', call: call.id, path: run.path, keys: run.keys, ...language })
    }
    for (const command of commands) carryOut(call, command)
  }

  function carryOut(call: LiveCall, command: FlowCommand): void {
    switch (command.do) {
      case 'answer':
        return tell(call, 'answer', () => media.answer(call.id))
      case 'play':
        return play(call, command.playback, command.say)
      case 'stopPlaying':
        return tell(call, 'stopPlaying', () => media.stopPlaying(call.id))
      case 'startTimer':
        call.cancelTimer?.()
        call.cancelTimer = clock.after(command.seconds * 1000, () => step(call, { type: 'waitedLongEnough', timer: command.timer }))
        return
      case 'enterQueue':
        return deps.enterQueue(call, command.queue, command.language, command.topic)
      case 'takeMessage':
        enterStage(call, 'takingMessage', clock.now())
        append({ type: 'takingMessage', call: call.id })
        return tell(call, 'takeMessage', () => media.takeMessage(call.id, command.language))
      case 'hangUp':
        call.endedBy = 'system'
        return tell(call, 'hangUp', () => media.hangUp(call.id, 'done'))
      default:
        return unreachable(command)
    }
  }

  function play(call: LiveCall, playback: number, say: readonly Say[]): void {
    tell(call, 'play', async () => {
      const files = await Promise.all(say.map(({ language, text }) => prompts.file(language, text)))
      // While the prompt was being found the caller may have pressed on; then nothing is waiting for it.
      const awaited = call.run?.awaited
      const isWaiting = playback >= FIRST_WAITING_PLAYBACK ? call.playback === playback : awaited?.for === 'prompts' && awaited.playback === playback
      if (isWaiting) await media.play(call.id, playback, files)
    })
  }

  /** Does one request to the engine. A call that has gone is ordinary; a prompt that cannot be played must not stop the call. */
  function tell(call: LiveCall, what: string, request: () => Promise<void>): void {
    request().catch((error: unknown) => {
      if (error instanceof MediaGone) return log.info({ call: call.id, what }, 'the call was gone from the engine')
      log.error({ call: call.id, what, error: error instanceof Error ? error.message : String(error) }, 'a request to the engine failed')
      if (what === 'play' && call.run?.awaited.for === 'prompts') step(call, { type: 'promptsPlayed', playback: call.run.awaited.playback })
      else if (what === 'play') tell(call, 'startMusic', () => media.startMusic(call.id))
    })
  }

  /** Tells the place in the queue, then plays music until it is told again. */
  function announcePosition(call: LiveCall): void {
    if (call.stage !== 'waiting' && call.stage !== 'offered') return
    // 0 while the call is being offered: still the next one, to whoever waits.
    const position = Math.max(1, deps.positionOf(call) ?? 1)
    call.playback = Math.max(call.playback + 1, FIRST_WAITING_PLAYBACK)
    const say = waitingTexts(position)[call.language].map((text) => ({ language: call.language, text }))
    play(call, call.playback, say)
    call.cancelTimer?.()
    call.cancelTimer = clock.after(POSITION_EVERY_MS, () => announcePosition(call))
  }

  return {
    begin,
    announcePosition,
    digit: (call: LiveCall, digit: string) => step(call, { type: 'digit', digit }),
    promptsPlayed(call: LiveCall, playback: number): void {
      if (call.stage === 'flow') return step(call, { type: 'promptsPlayed', playback })
      const isWaiting = call.stage === 'waiting' || call.stage === 'offered'
      if (isWaiting && playback === call.playback) tell(call, 'startMusic', () => media.startMusic(call.id))
    },
    tell,
  }
}

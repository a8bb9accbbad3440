/**
 * What a citizen hears and presses while he waits for an agent. The rules are
 * core/ivr's; here they are only carried out. He goes on waiting whatever he
 * presses, until an agent has him or he leaves the queue by his own choice.
 */
import { unreachable } from '#core/lib/assert.ts'
import { startWaiting, stepWaiting } from '#core/ivr/waiting-keys.ts'
import type { WaitingCommand, WaitingEvent, WaitingFacts, WaitingRun } from '#core/ivr/waiting-run.ts'
import type { CitizenSide } from './citizen-side.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import { FIRST_WAITING_PLAYBACK, isWaiting } from './playbacks.ts'
import type { StageDeps } from './stage.ts'

export type WaitingSideDeps = Pick<StageDeps, 'append' | 'clock' | 'media'> & {
  citizens: CitizenSide
  facts(call: LiveCall): WaitingFacts
  /** He leaves the queue: by his own choice, and for good. */
  leaveQueue(call: LiveCall, reason: 'calledBack' | 'messageLeft'): void
  /** While he still has his place. */
  promise(call: LiveCall, number: string): void
}

export class WaitingSide {
  readonly #deps: WaitingSideDeps

  constructor(deps: WaitingSideDeps) {
    this.#deps = deps
  }

  /** From the moment he waits in a queue, and anew for each further queue. */
  begin(call: LiveCall): void {
    if (call.stage !== 'waiting' && call.stage !== 'offered') return
    const [run, commands] = startWaiting(
      call.language,
      this.#deps.facts(call),
      call.waiting ?? call.run ?? call.way,
    )
    call.waiting = run
    this.#carryOut(call, commands)
  }

  step(call: LiveCall, event: WaitingEvent): void {
    const before = call.waiting
    if (!before || !isWaiting(call)) return
    const [run, commands] = stepWaiting(before, event, this.#deps.facts(call))
    if (run === before) return
    call.waiting = run
    this.#noteWay(call, before, run)
    this.#carryOut(call, commands)
  }

  #noteWay({ id: call }: LiveCall, before: WaitingRun, { path, keys }: WaitingRun): void {
    if (path === before.path && keys === before.keys) return
    this.#deps.append({ type: 'menuStepped', call, path, keys })
  }

  #carryOut(call: LiveCall, commands: readonly WaitingCommand[]): void {
    for (const command of commands) this.#do(call, command)
  }

  #do(call: LiveCall, command: WaitingCommand): void {
    const { citizens, clock, leaveQueue, media, promise } = this.#deps
    switch (command.do) {
      case 'play': {
        const playback = FIRST_WAITING_PLAYBACK + command.playback
        return citizens.play(call, playback, command.say)
      }
      case 'stopPlaying':
        return citizens.tell(call, 'stopPlaying', () => media.stopPlaying(call.id))
      case 'startMusic':
        return citizens.tell(call, 'startMusic', () => media.startMusic(call.id))
      case 'startTimer': {
        const { seconds, timer } = command
        call.cancelTimer?.()
        const ring = () => this.step(call, { type: 'waitedLongEnough', timer })
        call.cancelTimer = clock.after(seconds * 1000, ring)
        return
      }
      case 'takeMessage':
        leaveQueue(call, 'messageLeft')
        return citizens.takeMessage(call, call.language)
      case 'promiseCallback':
        promise(call, command.number)
        leaveQueue(call, 'calledBack')
        return enterStage(call, 'farewell', clock.now())
      case 'keepCallback':
        leaveQueue(call, 'calledBack')
        return enterStage(call, 'farewell', clock.now())
      case 'hangUp':
        return citizens.hangUp(call)
      default:
        return unreachable(command)
    }
  }
}

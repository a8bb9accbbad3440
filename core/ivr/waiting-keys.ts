/**
 * Goes with one caller through his wait: what he is told and when, and what his
 * keys do. `1`: call me back, my place is kept; `2`: leave a message; `*`: say
 * it again. A number is confirmed by key before anybody is called.
 *
 * Like the flow's interpreter it plays, times and awaits nothing: server/calls
 * carries out the commands. While he presses keys he keeps waiting, and an agent
 * may answer at any moment; then the run is simply dropped.
 *
 *   listening ─1─▶ confirming ⇄ typing          ─1─▶ leaving ─▶ left
 *       ▲  └─2─▶ beforeMessage ─▶ left
 *       └── `#`, silence ──┘
 */
import { unreachable } from '#core/lib/assert.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import { REPEAT_KEY } from './flow.ts'
import type { Say } from './spoken.ts'
import { spokenNumber, tellPlace, WAITING_TEXTS } from './waiting.ts'
import type { WaitingCommand, WaitingEvent, WaitingFacts, WaitingRun, WaitingStep } from './waiting-run.ts'

/** From the beginning of one announcement to the next; between them there is music. */
const ANNOUNCE_EVERY_SECONDS = 40
/** How long a key is waited for after a question. */
const KEY_WAIT_SECONDS = 8
/** How long he may think better of it before the tone. */
const BEFORE_MESSAGE_SECONDS = 2
/** Whatever is said is over by then, whether its end was told or not. */
const SPEECH_MAX_SECONDS = 60
/** A question is asked so often before he simply goes on waiting. */
const QUESTION_TRIES = 2
const NUMBER_TRIES = 3
const NUMBER_MAX_DIGITS = 15
const NUMBER_END_KEY = '#'
const CALLBACK_KEY = '1'
const MESSAGE_KEY = '2'
/** Whoever presses more than this is a machine: further keys do nothing, and he goes on waiting. */
const KEYS_MAX = 100

type Step = [WaitingRun, WaitingCommand[]]

/** What is known of him already: his way through the flow, or his wait in the queue before. */
export type WaitBefore = Pick<WaitingRun, 'path' | 'keys'> &
  Partial<Pick<WaitingRun, 'told' | 'playback' | 'timer' | 'pressed'>>

export function startWaiting(
  language: CallLanguage,
  facts: WaitingFacts,
  { path, keys, told = {}, playback = 0, timer = 0, pressed = 0 }: WaitBefore = { path: [], keys: '' },
): Step {
  const run: WaitingRun = {
    step: 'listening',
    language,
    told,
    announced: 0,
    playback,
    isPlaying: false,
    timer,
    attempts: 0,
    path,
    keys,
    pressed,
    secret: { number: undefined, typing: '' },
  }
  return new Wait(run, facts).announce().done()
}

export function stepWaiting(run: WaitingRun, event: WaitingEvent, facts: WaitingFacts): Step {
  if (run.step === 'left') return [run, []]
  const wait = new Wait(run, facts)
  switch (event.type) {
    case 'digit':
      return run.pressed < KEYS_MAX && /^[0-9*#]$/.test(event.digit)
        ? wait.digit(event.digit).done()
        : [run, []]
    case 'promptsPlayed':
      return run.isPlaying && run.playback === event.playback ? wait.promptsPlayed().done() : [run, []]
    case 'waitedLongEnough':
      return run.timer === event.timer ? wait.waitedLongEnough().done() : [run, []]
    default:
      return unreachable(event)
  }
}

/** One step's work: the run as it changes and the commands so far. */
class Wait {
  readonly #facts: WaitingFacts
  readonly #commands: WaitingCommand[] = []
  #run: WaitingRun

  constructor(run: WaitingRun, facts: WaitingFacts) {
    this.#run = run
    this.#facts = facts
  }

  done(): Step {
    return [this.#run, this.#commands]
  }

  /** His place and, every other time, something useful. */
  announce(): this {
    const { announced } = this.#run
    const { information } = this.#facts
    this.#change({ announced: announced + 1 })
    const useful = announced % 2 === 1 && information[((announced - 1) / 2) % information.length]
    return this.#listen(useful ? [useful] : [...this.#place(), ...this.#whatHeMayPress(announced === 0)])
  }

  promptsPlayed(): this {
    this.#change({ isPlaying: false })
    switch (this.#run.step) {
      case 'listening':
        return this.#do({ do: 'startMusic' })
      case 'confirming':
      case 'typing':
        return this.#startTimer(KEY_WAIT_SECONDS)
      case 'beforeMessage':
        return this.#startTimer(BEFORE_MESSAGE_SECONDS)
      case 'leaving':
        return this.#leave({ do: 'hangUp' })
      default:
        return this
    }
  }

  waitedLongEnough(): this {
    switch (this.#run.step) {
      case 'listening':
        return this.announce()
      case 'confirming':
        return this.#askAgain(() => this.#confirm())
      case 'typing':
        return this.#run.secret.typing ? this.#numberTyped() : this.#askAgain(() => this.#askNumber())
      case 'beforeMessage':
        return this.#note('waiting:message').#leave({ do: 'takeMessage' })
      case 'leaving':
        return this.#leave({ do: 'hangUp' })
      default:
        return this
    }
  }

  digit(key: string): this {
    this.#change({ pressed: this.#run.pressed + 1 })
    switch (this.#run.step) {
      case 'listening':
        return this.#pressWhileListening(key)
      case 'confirming':
        return this.#pressWhileConfirming(key)
      case 'typing':
        return this.#pressWhileTyping(key)
      case 'beforeMessage':
        return key === NUMBER_END_KEY ? this.#count(key).#stay() : this
      default:
        return this
    }
  }

  #pressWhileListening(key: string): this {
    const { offers } = this.#facts
    this.#count(key)
    if (key === CALLBACK_KEY && offers.callback) return this.#note('waiting:callback').#askForCallback()
    if (key === MESSAGE_KEY && offers.message) return this.#enter('beforeMessage').#say(['beforeMessage'])
    if (key === REPEAT_KEY) return this.#note('repeat').#repeat()
    this.#note(`wrongKey:${key}`)
    return this.#listen([WAITING_TEXTS.wrongKey, ...this.#whatHeMayPress(true)])
  }

  #pressWhileConfirming(key: string): this {
    const { number } = this.#run.secret
    if (key === CALLBACK_KEY && number) return this.#count(key).#confirmed(number)
    if (key === REPEAT_KEY) return this.#count(key).#confirm()
    if (key === NUMBER_END_KEY) return this.#count(key).#stay()
    return this.#enter('typing').#pressWhileTyping(key)
  }

  #pressWhileTyping(key: string): this {
    const { typing } = this.#run.secret
    if (key === REPEAT_KEY) return this.#count(key).#askNumber()
    if (key === NUMBER_END_KEY) return typing ? this.#count(key).#numberTyped() : this.#count(key).#stay()
    this.#count('•').#change({ secret: { ...this.#run.secret, typing: typing + key } })
    if (typing.length + 1 >= NUMBER_MAX_DIGITS) return this.#numberTyped()
    return this.#stopPlaying().#startTimer(KEY_WAIT_SECONDS)
  }

  /** The number he calls from is proposed, unless it is hidden or not one that we call. */
  #askForCallback(): this {
    const { callerNumber, judge } = this.#facts
    if (!callerNumber) return this.#askNumber()
    const verdict = judge(callerNumber)
    if (verdict === 'notAllowed') return this.#askNumber()
    return this.#consider(callerNumber)
  }

  #numberTyped(): this {
    const { typing } = this.#run.secret
    this.#note(`digits:callback:${'•'.repeat(typing.length)}`)
    this.#change({ secret: { ...this.#run.secret, typing: '' } })
    return this.#consider(parsePhoneNumber(typing).e164)
  }

  #consider(number: string | undefined): this {
    switch (number ? this.#facts.judge(number) : 'notAllowed') {
      case 'callable':
        this.#change({ attempts: 0, secret: { number, typing: '' } })
        return this.#confirm()
      case 'promisedBefore':
        this.#do({ do: 'keepCallback', number: number ?? '' })
        return this.#sayFarewell('promisedBefore')
      case 'calledEnough':
        return this.#note('waiting:calledEnough').#listen([WAITING_TEXTS.calledEnough])
      default:
        this.#change({ attempts: this.#run.attempts + 1 })
        return this.#run.attempts < NUMBER_TRIES
          ? this.#askNumber('noSuchNumber')
          : this.#stay('noSuchNumber')
    }
  }

  #confirmed(number: string): this {
    if (this.#facts.judge(number) !== 'callable') return this.#consider(number)
    this.#note('waiting:callbackConfirmed').#do({ do: 'promiseCallback', number })
    return this.#sayFarewell(this.#facts.isForMorning ? 'promisedForMorning' : 'promised')
  }

  #confirm(): this {
    const { language, secret } = this.#run
    const number = secret.number ? spokenNumber(secret.number, language) : []
    this.#change({ step: 'confirming' })
    return this.#play([this.#in(WAITING_TEXTS.weCall), ...number, this.#in(WAITING_TEXTS.isItRight)])
  }

  #askNumber(...first: (keyof typeof WAITING_TEXTS)[]): this {
    this.#change({ step: 'typing', secret: { number: undefined, typing: '' } })
    return this.#say([...first, 'askNumber'])
  }

  /** He did not say anything: once more, and then he simply goes on waiting. */
  #askAgain(ask: () => this): this {
    this.#change({ attempts: this.#run.attempts + 1 })
    return this.#run.attempts < QUESTION_TRIES ? ask() : this.#stay()
  }

  #stay(...first: (keyof typeof WAITING_TEXTS)[]): this {
    this.#note('waiting:stayed')
    return this.#listen([...first.map((name) => WAITING_TEXTS[name]), WAITING_TEXTS.stayed])
  }

  #repeat(): this {
    return this.#listen([...this.#place(), ...this.#whatHeMayPress(true)])
  }

  #listen(texts: readonly Texts[]): this {
    const say = texts.map((text) => this.#in(text))
    return this.#enter('listening').#play(say, ANNOUNCE_EVERY_SECONDS)
  }

  #sayFarewell(text: keyof typeof WAITING_TEXTS): this {
    return this.#enter('leaving').#say([text])
  }

  #leave(last: WaitingCommand): this {
    return this.#enter('left').#do(last)
  }

  #place(): Texts[] {
    const { told, say } = tellPlace(this.#facts.place, this.#run.told)
    this.#change({ told })
    return say
  }

  /** `inFull`: also that it can be heard again, which nobody needs to hear each time. */
  #whatHeMayPress(inFull: boolean): Texts[] {
    const { callback, message } = this.#facts.offers
    return [
      ...(inFull ? [WAITING_TEXTS.stay] : []),
      ...(callback ? [WAITING_TEXTS.offerCallback] : []),
      ...(message ? [WAITING_TEXTS.offerMessage] : []),
      ...(inFull ? [WAITING_TEXTS.offerRepeat] : []),
    ]
  }

  #enter(step: WaitingStep): this {
    this.#change({ step, attempts: 0, secret: { number: undefined, typing: '' } })
    return this
  }

  #say(names: readonly (keyof typeof WAITING_TEXTS)[]): this {
    return this.#play(names.map((name) => this.#in(WAITING_TEXTS[name])))
  }

  #in(texts: Texts): Say {
    return { language: this.#run.language, text: texts[this.#run.language] }
  }

  /** Whatever was awaited before is not any more. */
  #play(say: readonly Say[], seconds = SPEECH_MAX_SECONDS): this {
    const playback = this.#run.playback + 1
    this.#change({ playback, isPlaying: true })
    return this.#do({ do: 'play', playback, say }).#startTimer(seconds)
  }

  #stopPlaying(): this {
    if (!this.#run.isPlaying) return this
    this.#change({ isPlaying: false })
    return this.#do({ do: 'stopPlaying' })
  }

  #startTimer(seconds: number): this {
    const timer = this.#run.timer + 1
    this.#change({ timer })
    return this.#do({ do: 'startTimer', timer, seconds })
  }

  #do(command: WaitingCommand): this {
    this.#commands.push(command)
    return this
  }

  #note(step: string): this {
    this.#change({ path: [...this.#run.path, step] })
    return this
  }

  #count(key: string): this {
    this.#change({ keys: this.#run.keys + key })
    return this
  }

  #change(change: Partial<WaitingRun>): void {
    this.#run = { ...this.#run, ...change }
  }
}

import { expect, test } from 'vitest'
import type { Texts } from '#core/lib/languages.ts'
import {
  allWaitingTexts,
  type Place,
  spokenNumber,
  tellPlace,
  toldMinutes,
  WAITING_TEXTS,
} from './waiting.ts'
import { startWaiting, stepWaiting } from './waiting-keys.ts'
import type { NumberVerdict, WaitingCommand, WaitingFacts } from './waiting-run.ts'

const ALI = '+998901234567'
const third: Place = { position: 3, expectedWaitMs: 180_000 }
const results: Texts = { uz: 'Natijalar saytda.', ru: 'Результаты на сайте.' }

/** A caller who waits, and what was last said to him. */
function caller(facts: Partial<WaitingFacts> = {}, verdicts: Record<string, NumberVerdict> = {}) {
  const world: WaitingFacts = {
    place: third,
    offers: { callback: true, message: true },
    information: [],
    callerNumber: ALI,
    judge: (number) => verdicts[number] ?? 'callable',
    isForMorning: false,
    ...facts,
  }
  let [run, commands] = startWaiting('uz', world, { path: ['menu:1'], keys: '1' })
  const all: WaitingCommand[] = [...commands]
  const step = (event: Parameters<typeof stepWaiting>[1], now: Partial<WaitingFacts> = {}) => {
    ;[run, commands] = stepWaiting(run, event, Object.assign(world, now))
    all.push(...commands)
  }
  const last = (what: WaitingCommand['do']) => all.findLast((command) => command.do === what)
  return {
    all,
    get run() {
      return run
    },
    /** The commands of the last step, without the numbers of playbacks and timers. */
    did: () => commands.map((command) => command.do).join(' '),
    said: () => {
      const play = last('play')
      return play?.do === 'play' ? play.say.map(({ text }) => text).join(' ') : ''
    },
    press: (keys: string) => {
      for (const digit of keys) step({ type: 'digit', digit })
    },
    heard: (now?: Partial<WaitingFacts>) => step({ type: 'promptsPlayed', playback: run.playback }, now),
    waits: (now?: Partial<WaitingFacts>) => step({ type: 'waitedLongEnough', timer: run.timer }, now),
    step,
  }
}

test('he is told his place, the expected wait and what he may press, then hears music', () => {
  const c = caller()
  expect(c.said()).toBe(
    [
      'Siz navbatda 3-oʻrindasiz.',
      'Taxminiy kutish vaqti: 3 daqiqa.',
      WAITING_TEXTS.stay.uz,
      WAITING_TEXTS.offerCallback.uz,
      WAITING_TEXTS.offerMessage.uz,
      WAITING_TEXTS.offerRepeat.uz,
    ].join(' '),
  )
  c.heard()
  expect(c.did()).toBe('startMusic')
})

test('between the announcements of his place he is told something useful, one thing after another', () => {
  const second: Texts = { uz: 'Toʻlov saytda.', ru: 'Оплата на сайте.' }
  const c = caller({ information: [results, second] })
  const heard = []
  for (let time = 0; time < 5; time++) {
    c.heard()
    c.waits({ place: { position: 2, expectedWaitMs: 120_000 } })
    heard.push(c.said().split(' ').slice(0, 2).join(' '))
  }
  expect(heard).toEqual([
    'Natijalar saytda.',
    'Siz navbatda',
    'Toʻlov saytda.',
    'Siz navbatda',
    'Natijalar saytda.',
  ])
})

test('the telling of a wait that has grown is left out, and of a place that is worse the reason is told', () => {
  let told = {}
  const tell = (position: number, minutes: number | undefined) => {
    const said = tellPlace(
      { position, expectedWaitMs: minutes === undefined ? undefined : minutes * 60_000 },
      told,
    )
    told = said.told
    return said.say.map(({ ru }) => ru)
  }
  expect(tell(5, 4)).toEqual(['Ваше место в очереди: 5.', 'Примерное время ожидания: 4 минуты.'])
  expect(tell(5, 6)).toEqual(['Ваше место в очереди: 5.'])
  expect(tell(4, 5)).toEqual(['Ваше место в очереди: 4.'])
  expect(tell(4, undefined)).toEqual(['Ваше место в очереди: 4.'])
  expect(tell(3, 4)).toEqual(['Ваше место в очереди: 3.', 'Примерное время ожидания: 4 минуты.'])
  expect(tell(6, 2)).toEqual(['Ваше место в очереди: 6.', expect.stringMatching(/^Сначала отвечают/)])
  expect(tell(1, 0.5)).toEqual(['Ваше место в очереди: 1.', 'Время ожидания — меньше одной минуты.'])
})

test.each([
  [0, 'меньше одной минуты'],
  [59, 'меньше одной минуты'],
  [60, 'одна минута'],
  [89, 'одна минута'],
  [90, 'две минуты'],
  [200, '3 минуты'],
  [301, '5 минут'],
  [15 * 60 + 29, '15 минут'],
  [15 * 60 + 30, 'больше пятнадцати минут'],
  [7200, 'больше пятнадцати минут'],
])('a wait of %i s is told as „%s"', (seconds, words) => {
  const { say } = tellPlace({ position: 60, expectedWaitMs: seconds * 1000 }, {})
  expect(say.map(({ ru }) => ru).join(' ')).toContain(words)
  expect(say[0]?.ru).toBe('Сейчас поступает много звонков.')
})

test('whatever is told has been spoken before the first call', () => {
  const ahead = new Set(allWaitingTexts([results]).map(({ language, text }) => `${language} ${text}`))
  for (let position = 1; position <= 60; position++)
    for (let minutes = 0; minutes <= 20; minutes++)
      for (const text of tellPlace({ position, expectedWaitMs: minutes * 60_000 }, { position: 9 }).say)
        for (const language of ['uz', 'ru'] as const) expect(ahead).toContain(`${language} ${text[language]}`)
  for (const { language, text } of spokenNumber(ALI, 'ru')) expect(ahead).toContain(`${language} ${text}`)
  expect(ahead).toContain('ru Результаты на сайте.')
  expect(toldMinutes(600_000)).toBe(10)
})

test('1 reads out the number he calls from, digit by digit; 1 again promises the call, and he is let go', () => {
  const c = caller()
  c.press('1')
  expect(c.said()).toBe(`${WAITING_TEXTS.weCall.uz} 9 0 1 2 3 4 5 6 7 ${WAITING_TEXTS.isItRight.uz}`)
  c.press('1')
  expect(c.all).toContainEqual({ do: 'promiseCallback', number: ALI })
  expect(c.said()).toBe(WAITING_TEXTS.promised.uz)
  c.press('12*#')
  c.heard()
  expect(c.did()).toBe('hangUp')
  expect(c.run).toMatchObject({
    step: 'left',
    keys: '111',
    path: ['menu:1', 'waiting:callback', 'waiting:callbackConfirmed'],
  })
})

test('another number is typed, read out and confirmed; what he typed is nowhere in clear', () => {
  const c = caller()
  c.press('1909876543#')
  expect(c.said()).toContain('9 0 9 8 7 6 5 4 3')
  c.press('1')
  expect(c.all).toContainEqual({ do: 'promiseCallback', number: '+998909876543' })
  expect(c.run.path).toContain('digits:callback:•••••••••')
  expect(c.run.keys).toBe('11•••••••••#1')
  expect(JSON.stringify({ ...c.run, secret: null })).not.toMatch(/90987|98765/)
})

test('a number that was typed without the closing key is taken when he stops typing', () => {
  const c = caller()
  c.press('1712351195')
  expect(c.did()).toBe('startTimer')
  c.waits()
  expect(c.said()).toContain('7 1 2 3 5 1 1 9 5')
})

test('whoever hides his number is asked for one', () => {
  const c = caller({ callerNumber: undefined })
  c.press('1')
  expect(c.said()).toBe(WAITING_TEXTS.askNumber.uz)
  c.press('901112233#1')
  expect(c.all).toContainEqual({ do: 'promiseCallback', number: '+998901112233' })
})

test.each(['102', '00990011223344', '12345', '9001234567890123'])(
  'the number %s is not called: he is asked for another one, three times at most',
  (typed) => {
    const c = caller({ callerNumber: '+990011223344' }, { '+990011223344': 'notAllowed' })
    c.press('1')
    expect(c.said()).toBe(WAITING_TEXTS.askNumber.uz)
    for (let time = 1; time <= 3; time++) {
      expect(c.run.step).toBe('typing')
      c.press(`${typed.slice(0, 15)}${typed.length < 15 ? '#' : ''}`)
      expect(c.said()).toContain(WAITING_TEXTS.noSuchNumber.uz)
    }
    expect(c.run.step).toBe('listening')
    expect(c.all.some((command) => command.do === 'promiseCallback')).toBe(false)
  },
)

test('whoever has been promised a call already is told so and keeps that place', () => {
  const c = caller({}, { [ALI]: 'promisedBefore' })
  c.press('1')
  expect(c.all).toContainEqual({ do: 'keepCallback', number: ALI })
  expect(c.said()).toBe(WAITING_TEXTS.promisedBefore.uz)
  c.heard()
  expect(c.did()).toBe('hangUp')
})

test('a number that was called enough today is not promised another call; he goes on waiting', () => {
  const c = caller({}, { [ALI]: 'calledEnough' })
  c.press('1')
  expect(c.said()).toBe(WAITING_TEXTS.calledEnough.uz)
  expect(c.run.step).toBe('listening')
})

test('whose turn would come in the night is told that he will be called in the morning', () => {
  const c = caller({ isForMorning: true })
  c.press('11')
  expect(c.said()).toBe(WAITING_TEXTS.promisedForMorning.uz)
})

test('2 leaves a message, unless he thinks better of it', () => {
  const c = caller()
  c.press('2')
  expect(c.said()).toBe(WAITING_TEXTS.beforeMessage.uz)
  c.press('#')
  expect(c.said()).toBe(WAITING_TEXTS.stayed.uz)
  c.heard()
  expect(c.did()).toBe('startMusic')
  c.press('2')
  c.heard()
  c.waits()
  expect(c.did()).toBe('takeMessage')
  expect(c.run.path.at(-1)).toBe('waiting:message')
})

test('* says it again', () => {
  const c = caller({ information: [results] })
  c.heard()
  c.waits()
  expect(c.said()).toBe(results.uz)
  c.press('*')
  expect(c.said()).toContain('Siz navbatda 3-oʻrindasiz.')
  expect(c.run.path).toEqual(['menu:1', 'repeat'])
})

test('a wrong key says what is possible', () => {
  const c = caller({ offers: { callback: false, message: true } })
  c.press('7')
  expect(c.said()).toBe(
    [WAITING_TEXTS.wrongKey, WAITING_TEXTS.stay, WAITING_TEXTS.offerMessage, WAITING_TEXTS.offerRepeat]
      .map(({ uz }) => uz)
      .join(' '),
  )
  c.press('1')
  expect(c.said()).toContain(WAITING_TEXTS.wrongKey.uz)
  expect(c.run.path).toEqual(['menu:1', 'wrongKey:7', 'wrongKey:1'])
})

test('whoever says nothing to a question is asked once more and then goes on waiting', () => {
  const c = caller()
  c.press('1')
  c.heard()
  c.waits()
  expect(c.run.step).toBe('confirming')
  c.heard()
  c.waits()
  expect(c.run).toMatchObject({ step: 'listening', secret: { number: undefined, typing: '' } })
})

test('a question whose end is never told is over all the same', () => {
  const c = caller()
  c.press('11')
  c.waits()
  expect(c.did()).toBe('hangUp')
})

test('reports that are out of date change nothing', () => {
  const c = caller()
  const before = c.run
  c.step({ type: 'promptsPlayed', playback: 99 })
  c.step({ type: 'waitedLongEnough', timer: 99 })
  c.step({ type: 'digit', digit: 'A' })
  expect(c.run).toBe(before)
})

test('a machine that presses without end waits like everybody else', () => {
  const c = caller()
  c.press('7'.repeat(200))
  expect(c.run.keys).toHaveLength(101)
  c.waits()
  expect(c.said()).not.toContain(WAITING_TEXTS.wrongKey.uz)
})

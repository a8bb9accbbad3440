import { describe, expect, test } from 'vitest'
import { demoFlow } from './demo-flow.ts'
import type { Flow } from './flow.ts'
import type { FlowCommand, FlowEvent, FlowRun } from './flow-run.ts'
import { MAX_KEYS, startFlow, stepFlow } from './interpreter.ts'
import { aSmallFlow } from './small-flow.ts'

const demo = demoFlow()

// What the caller does: `.` hears the prompts to their end, `-` lets the wait pass, anything else is a key.
const demoCallers: [does: string, ends: string, path: string, keys: string, because: string][] = [
  ['...111', 'admission uz 01.01', 'language:uz menu:1 menu:1.1', '111', 'keys cut the prompts short'],
  [
    '...1.1.1',
    'admission uz 01.01',
    'language:uz menu:1 menu:1.1',
    '111',
    'keys after the prompts count as well',
  ],
  ['...254', 'trust ru 12', 'language:ru menu:5 menu:5.4', '254', 'the other language'],
  ['...2.3.2', 'general ru 05', 'language:ru menu:3 menu:3.2', '232', 'a second branch'],
  [
    '11.',
    'waits for prompts at menu 1',
    'language:uz menu:1',
    '11',
    'keys during the greeting are kept until it has been heard',
  ],
  ['...0', 'general uz', 'operator', '0', 'a person before any choice'],
  ['...20', 'general ru', 'language:ru operator', '20', 'a person in the language chosen'],
  ['...110', 'general uz', 'language:uz menu:1 operator', '110', 'a person from the second level'],
  ['0.', 'general uz', 'operator', '0', 'a person asked for in the greeting'],
  [
    '....-.-',
    'general uz',
    'noInput noInput language:uz',
    '',
    'silence: once more, then the default language and a person',
  ],
  ['...2.-.-', 'general ru', 'language:ru noInput noInput', '2', 'silence at the first menu'],
  ['...29.9', 'general ru', 'language:ru wrongKey:9 wrongKey:9', '299', 'wrong keys lead to a person'],
  ['...9.9', 'general uz', 'wrongKey:9 wrongKey:9 language:uz', '99', 'wrong keys in the language menu'],
  ['...3.1', 'waits for prompts at menu', 'wrongKey:3 language:uz', '31', 'kaa is left out'],
  [
    '...1*.*1',
    'waits for prompts at menu 1',
    'language:uz repeat repeat menu:1',
    '1**1',
    'said again as often as asked',
  ],
  [
    '...11#2',
    'waits for prompts at menu 2',
    'language:uz menu:1 back menu:2',
    '11#2',
    'back to the first menu',
  ],
  [
    '...1##2',
    'waits for prompts at menu',
    'language:uz back back language:ru',
    '1##2',
    'back to the languages, and no further',
  ],
  ['...2#.-.-', 'general ru', 'language:ru back noInput noInput', '2#', 'a language once chosen stays'],
  ['...111111', 'admission uz 01.01', 'language:uz menu:1 menu:1.1', '111', 'keys after the end do nothing'],
]

test.each(demoCallers)('a caller of the demo who does %s: %s', (does, ends, path, keys) => {
  const caller = call(demo, does)
  expect(caller.ends).toBe(ends)
  expect(caller.run.path.join(' ')).toBe(path)
  expect(caller.run.keys).toBe(keys)
})

const smallCallers: [does: string, ends: string, path: string, keys: string, because: string][] = [
  ['.1.1123#', 'results uz 01.04', 'language:uz menu:1 digits:permit:•••', '11•••#', 'a number ended by #'],
  [
    '.1.112345',
    'results uz 01.04',
    'language:uz menu:1 digits:permit:•••••',
    '11•••••',
    'a number ended by its length',
  ],
  [
    '.1.1123-',
    'results uz 01.04',
    'language:uz menu:1 digits:permit:•••',
    '11•••',
    'a number ended by silence',
  ],
  [
    '.1.1.103#',
    'results uz 01.04',
    'language:uz menu:1 digits:permit:•••',
    '11•••#',
    '0 is a digit inside a number',
  ],
  [
    '.1.112*.456#',
    'results uz 01.04',
    'language:uz menu:1 repeat digits:permit:•••',
    '11••*•••#',
    'a number begun again',
  ],
  ['.1.1#', 'waits for prompts at menu', 'language:uz menu:1 back', '11#', 'back instead of a number'],
  [
    '.1.112#.12#',
    'waits for prompts at farewell',
    'language:uz menu:1 tooFewDigits tooFewDigits',
    '11••#••#',
    'too short twice',
  ],
  ['.1.1.-.-', 'general uz 01.04', 'language:uz menu:1 noInput noInput', '11', 'no number at all'],
  [
    '1.',
    'waits for prompts at news',
    'language:uz',
    '1',
    'keys that are used up leave the next node to be heard',
  ],
  ['.1.2.', 'takeMessage', 'language:uz menu:2', '12', 'a message'],
  ['.1.21', 'takeMessage', 'language:uz menu:2', '12', 'any key is the tone for the impatient'],
  ['.1.2#', 'waits for prompts at menu', 'language:uz menu:2 back', '12#', 'back from leaving a message'],
  ['.1.3.1.', 'hangUp', 'language:uz menu:3 menu:3.1', '131', 'a farewell'],
  ['.1.3.15.', 'hangUp', 'language:uz menu:3 menu:3.1', '131', 'a farewell is heard to its end'],
  ['.1.310', 'general uz', 'language:uz menu:3 menu:3.1 operator', '1310', 'a person even then'],
  ['.1.9.9.', 'hangUp', 'language:uz wrongKey:9 wrongKey:9', '199', 'wrong keys lead where the flow says'],
]

test.each(smallCallers)('a caller of the small flow who does %s: %s', (does, ends, path, keys) => {
  const caller = call(aSmallFlow(), does)
  expect(caller.ends).toBe(ends)
  expect(caller.run.path.join(' ')).toBe(path)
  expect(caller.run.keys).toBe(keys)
})

test('the demo in full, from the ring to the queue', () => {
  expect(call(demo, '...1.-.12').said).toEqual([
    'play 1 uz „Assalomu alaykum! Bilim va …" ru „Здравствуйте! Вас приветствует контакт-центр …"',
    'play 2 uz „Qabul va natijalar haqidagi …" ru „Сведения о приёме и …"',
    'answer',
    'play 3 uz „Oʻzbek tilida davom etish …" ru „Для продолжения на русском …"',
    'startTimer 1 5',
    'play 4 uz „Bakalavriatga qabul uchun 1 …" uz „Milliy sertifikat va til …" uz „Oʻqishni koʻchirish, magistratura, pedagoglar …" uz „Toʻlov va texnik yordam …" uz „Murojaat, shikoyat va takliflar …" uz „Operator bilan bogʻlanish uchun …"',
    'startTimer 2 5',
    'play 5 uz „Bakalavriatga qabul uchun 1 …" uz „Milliy sertifikat va til …" uz „Oʻqishni koʻchirish, magistratura, pedagoglar …" uz „Toʻlov va texnik yordam …" uz „Murojaat, shikoyat va takliflar …" uz „Operator bilan bogʻlanish uchun …"',
    'startTimer 3 5',
    'play 6 uz „Roʻyxatdan oʻtish uchun 1 …" uz „Ruxsatnoma va test kuni …" uz „Natija va apellyatsiya uchun …" uz „Yoʻnalish tanlash va kvota …" uz „Orqaga qaytish uchun panjarani, …"',
    'stopPlaying',
    'enterQueue admission uz 01.02',
  ])
})

describe('reports that crossed with a key', () => {
  test('the end of prompts that a key has stopped changes nothing', () => {
    const { run } = call(demo, '...1')
    expect(stepFlow(demo, run, { type: 'promptsPlayed', playback: run.lastPlayback - 1 })).toEqual([run, []])
  })

  test('a timer that a key has made pointless changes nothing', () => {
    const { run } = call(demo, '....1.')
    expect(stepFlow(demo, run, { type: 'waitedLongEnough', timer: run.lastTimer - 1 })).toEqual([run, []])
  })

  test('nothing happens after the end', () => {
    const { run } = call(demo, '...0')
    for (const event of [
      digit('1'),
      played(run),
      { type: 'waitedLongEnough', timer: run.lastTimer },
    ] as FlowEvent[]) {
      expect(stepFlow(demo, run, event)).toEqual([run, []])
    }
  })

  test.each(['A', '', '12', '١'])('the key „%s" of no telephone changes nothing', (key) => {
    const { run } = call(demo, '...')
    expect(stepFlow(demo, run, digit(key))).toEqual([run, []])
  })
})

test('a caller who only presses keys comes to a person', () => {
  expect(call(demo, `...${'*'.repeat(MAX_KEYS - 1)}`).ends).toBe('waits for prompts at language')
  expect(call(demo, `...${'*'.repeat(MAX_KEYS)}`).ends).toBe('general uz')
})

test('personal digits are kept in the run, but in no path and no keys', () => {
  const { run } = call(aSmallFlow(), '.1.1.4567#')
  expect(run.secret.collected).toEqual({ permit: '4567' })
  expect([run.path, run.keys].join()).not.toMatch(/[4567]/)
})

test('personal digits typed ahead of the question are not in clear either', () => {
  const flow = aSmallFlow({
    language: { kind: 'announce', texts: { uz: 'a', ru: 'b' }, next: 'permit', mustBeHeard: true },
  })
  const { run } = call(flow, '4567..')
  expect([run.path, run.keys].join()).not.toMatch(/[4567]/)
  expect(run.secret.typing).toBe('4567')
})

test('a person is reached only on an answered call, even from the greeting', () => {
  const flow = aSmallFlow({ greeting: { kind: 'announce', texts: { uz: 'a', ru: 'b' }, next: 'answer' } })
  expect(call(flow, '0').said).toEqual([
    'play 1 uz „a" ru „b"',
    'stopPlaying',
    'answer',
    'enterQueue general uz',
  ])
})

const digit = (key: string): FlowEvent => ({ type: 'digit', digit: key })
const played = (run: FlowRun): FlowEvent => ({ type: 'promptsPlayed', playback: run.lastPlayback })

function call(flow: Flow, does: string) {
  let [run, commands] = startFlow(flow)
  const said = commands.map(inWords)
  let last = commands
  for (const act of does) {
    const event: FlowEvent =
      act === '.'
        ? played(run)
        : act === '-'
          ? { type: 'waitedLongEnough', timer: run.lastTimer }
          : digit(act)
    ;[run, commands] = stepFlow(flow, run, event)
    said.push(...commands.map(inWords))
    if (commands.length > 0) last = commands
  }
  const end = inWords(last.at(-1) ?? { do: 'stopPlaying' })
    .replace('enterQueue ', '')
    .replace(/takeMessage .*/, 'takeMessage')
  return { run, said, ends: run.ended ? end : `waits for ${run.awaited.for} at ${run.node}` }
}

function inWords(command: FlowCommand): string {
  switch (command.do) {
    case 'play':
      return `play ${command.playback} ${command.say.map(({ language, text }) => `${language} „${firstWords(text)}"`).join(' ')}`
    case 'startTimer':
      return `startTimer ${command.timer} ${command.seconds}`
    case 'enterQueue':
      return `enterQueue ${command.queue} ${command.language}${command.topic ? ` ${command.topic}` : ''}`
    case 'takeMessage':
      return `takeMessage ${command.language}`
    default:
      return command.do
  }
}

function firstWords(text: string): string {
  const words = text.split(' ')
  return words.length > 4 ? `${words.slice(0, 4).join(' ')} …` : text
}

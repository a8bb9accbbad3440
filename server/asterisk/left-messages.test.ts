import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import type { LeftMessage } from '../calls/ports.ts'
import { LeftMessages } from './left-messages.ts'
import { legPlaces } from './leg-files.ts'

const log = pino({ level: 'silent' })
let directory: string
let told: LeftMessage[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'javob-left-'))
  told = []
})
afterEach(() => rmSync(directory, { recursive: true }))

const legs = () => legPlaces(directory)
const follower = () => new LeftMessages(directory, legs(), log, (message) => void told.push(message))
/** As the engine quotes it. */
const line = (call: string, asked = '') =>
  `"{""extra"":""${call}|main|1195|1000|9000|${asked}|fg==.fg==.fkE=.fg==""}"\n`
const append = (text: string) => appendFileSync(join(directory, 'left.csv'), text)

test('a call that was handled alone is told with what is known of it', () => {
  append(line('c1', '4500'))
  follower().look()
  expect(told).toEqual([
    {
      call: 'c1',
      trunk: 'main',
      did: '1195',
      caller: { from: 'A' },
      legs: legs().of('c1' as CallId),
      arrivedAt: 1000,
      endedAt: 9000,
      messageFromSeconds: 3.5,
    },
  ])
})

test('a caller who left before he was asked to speak has no message', () => {
  append(line('c1'))
  follower().look()
  expect(told[0]).not.toHaveProperty('messageFromSeconds')
})

test('each is told once, also by a server that was started again', () => {
  append(line('c1'))
  const first = follower()
  first.look()
  append(line('c2'))
  first.look()
  append(line('c3'))
  follower().look()
  follower().look()
  expect(told.map(({ call }) => call)).toEqual(['c1', 'c2', 'c3'])
})

test('half a line waits for its other half', () => {
  const whole = line('c1')
  append(whole.slice(0, 20))
  const one = follower()
  one.look()
  expect(told).toEqual([])
  append(whole.slice(20))
  one.look()
  expect(told).toHaveLength(1)
})

test('a message that could not be taken over is told again', () => {
  append(line('c1'))
  const failing = new LeftMessages(directory, legs(), log, () => {
    throw new Error('the journal is full')
  })
  expect(() => failing.look()).toThrow('the journal is full')
  follower().look()
  expect(told).toHaveLength(1)
})

test('a line that makes no sense does not stop the ones after it', () => {
  append(`nonsense\n"{""extra"":5}"\n${line('c1')}`)
  follower().look()
  expect(told.map(({ call }) => call)).toEqual(['c1'])
})

test("the engine's second copy of the message goes once it has been told", () => {
  const copy = legs().messageCopy('c1' as CallId)
  writeFileSync(copy, 'x')
  append(line('c1'))
  follower().look()
  expect(existsSync(copy)).toBe(false)
})

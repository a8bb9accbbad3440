import { copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { allWaitingTexts } from '#core/ivr/waiting.ts'
import { decodeALaw } from '#core/lib/a-law.ts'
import { promptKey, promptSpeaker, removeHalfMade, secondsOf, uploadedPath } from './prompts.ts'
import { PEAK_LEVEL_DB, SPEECH_LEVEL_DB } from './speech-level.ts'
import { speakAll } from './voice.ts'

const log = pino({ level: 'silent' })
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'javob-prompts-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a text is spoken once, however many ask for it', async () => {
  const batches: number[] = []
  const speaker = promptSpeaker({
    folder,
    log,
    speak: (texts, to) => (batches.push(texts.length), speakAll(texts, to)),
  })
  const [first, second] = await Promise.all([
    speaker.promptFile('uz', 'Assalomu alaykum'),
    speaker.promptFile('uz', 'Assalomu alaykum'),
  ])
  expect(second).toBe(first)
  expect(await speaker.promptFile('uz', 'Assalomu alaykum')).toBe(first)
  expect(batches).toEqual([1])
  expect(await readdir(folder)).toEqual([`${first.slice(folder.length + 1)}.alaw`])
})

test('the prompt is speech at the level of all prompts', async () => {
  const speaker = promptSpeaker({ folder, log })
  const path = await speaker.promptFile(
    'ru',
    'Здравствуйте! Вас приветствует контакт-центр. Разговор записывается.',
  )
  const samples = Array.from(await readFile(`${path}.alaw`), decodeALaw)
  const peakDb = 20 * Math.log10(Math.max(...samples.map(Math.abs)) / 32_768)
  const meanDb =
    10 *
    Math.log10((2 * samples.reduce((sum, sample) => sum + sample ** 2, 0)) / samples.length / 32_768 ** 2)
  expect(peakDb).toBeLessThanOrEqual(PEAK_LEVEL_DB + 0.5)
  expect(meanDb).toBeGreaterThan(SPEECH_LEVEL_DB - 5)
  expect(samples.length / 8_000).toBeGreaterThan(3)
  // The engine plays it as a user of its own, by the group.
  expect((await stat(`${path}.alaw`)).mode & 0o777).toBe(0o640)
})

test('where a sound lies is remembered, until somebody has changed it', async () => {
  const say = { language: 'uz', text: 'Kutib turing' } as const
  const speaker = promptSpeaker({ folder, log })
  const spoken = await speaker.promptFile(say.language, say.text)
  await copyFile(`${spoken}.alaw`, uploadedPath(folder, promptKey(say)))
  expect(await speaker.promptFile(say.language, say.text)).toBe(spoken)
  await speaker.prepare(say)
  expect(await speaker.promptFile(say.language, say.text)).toMatch(/-uploaded$/)
})

test('the same words in another language are another prompt', async () => {
  const speaker = promptSpeaker({ folder, log })
  expect(await speaker.promptFile('uz', 'Operator')).not.toBe(await speaker.promptFile('ru', 'Operator'))
})

test('all that a waiting caller may hear is spoken', async () => {
  const speaker = promptSpeaker({ folder, log })
  const prompts = await Promise.all(speaker.prepareEach(allWaitingTexts()))
  expect(prompts).toHaveLength(allWaitingTexts().length)
  // The shortest are the digits of a number that is read out.
  expect(Math.min(...prompts.map(({ seconds }) => seconds))).toBeGreaterThan(0.3)
})

test('a text that cannot be spoken is told, and silences no other', async () => {
  const speaker = promptSpeaker({ folder, log })
  const [bad, good] = await Promise.allSettled([
    speaker.promptFile('uz', '…'),
    speaker.promptFile('uz', 'Xush kelibsiz'),
  ])
  expect(bad.status).toBe('rejected')
  expect(good.status).toBe('fulfilled')
  await expect(speaker.promptFile('uz', 'a'.repeat(2_001))).rejects.toThrow('2000 at most')
})

test('a text that looks like options or commands is only a text', async () => {
  const speaker = promptSpeaker({ folder, log })
  const path = await speaker.promptFile(
    'ru',
    '-w /tmp/x; $(touch /tmp/x) `id` "кавычки" <tag/> \u0000 добрый день',
  )
  expect(await secondsOf(`${path}.alaw`)).toBeGreaterThan(1)
})

test('what a killed server was making is taken away at the next start', async () => {
  const speaker = promptSpeaker({
    folder,
    log,
    speak: async (texts, to) => {
      await speakAll(texts, to)
      await rm(texts[0]?.path ?? '')
      throw new Error('killed')
    },
  })
  await expect(speaker.promptFile('uz', 'Salom')).rejects.toThrow('killed')
  await removeHalfMade(folder)
  expect(await readdir(folder)).toEqual([])
})

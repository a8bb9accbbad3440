import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { PromptFile } from '../calls/ports.ts'
import { PromptLengths } from './prompt-lengths.ts'

const folder = await mkdtemp(join(tmpdir(), 'javob-lengths-'))
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

test('a recording that was replaced by a longer one is soon known to be longer', async () => {
  const prompt = join(folder, 'prompt') as PromptFile
  const lengths = new PromptLengths()
  await writeFile(`${prompt}.alaw`, new Uint8Array(8_000))
  expect(await lengths.secondsOf([prompt, prompt])).toBe(2)
  await writeFile(`${prompt}.alaw`, new Uint8Array(480_000))
  expect(await lengths.secondsOf([prompt])).toBe(1)
  const later = performance.now() + 6_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  expect(await lengths.secondsOf([prompt])).toBe(60)
})

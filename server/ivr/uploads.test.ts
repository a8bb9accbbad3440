import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import { telephoneSound, UPLOAD_MAX_BYTES } from './uploads.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'javob-uploads-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A tone made by ffmpeg, as a file of the given kind. */
const tone = (seconds: number, ...words: string[]) =>
  execFileSync(
    'ffmpeg',
    ['-v', 'error', '-f', 'lavfi', '-i', `sine=frequency=500:duration=${seconds}`, ...words, 'pipe:1'],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  )

test.each([
  ['a studio WAV', ['-ar', '48000', '-ac', '2', '-f', 'wav']],
  ['an MP3', ['-f', 'mp3']],
  ['an Ogg', ['-c:a', 'libopus', '-f', 'ogg']],
])('%s becomes a telephone prompt', async (_kind, words) => {
  const alaw = await telephoneSound(tone(3, ...words), folder)
  expect(alaw.length / ALAW_RATE).toBeCloseTo(3, 0)
})

test.each([
  ['a text', Buffer.from('<script>alert(1)</script>')],
  ['nothing', Buffer.alloc(0)],
  [
    'a playlist that points elsewhere',
    Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n'),
  ],
  ['a list of files', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  ['half a WAV header', tone(1, '-f', 'wav').subarray(0, 20)],
  [
    'a picture',
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'color',
      '-frames:v',
      '1',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      'pipe:1',
    ]),
  ],
])('%s is refused as no recording', async (_what, bytes) => {
  await expect(telephoneSound(bytes, folder)).rejects.toMatchObject({ name: 'Refusal', code: 'badInput' })
})

test('silence is refused', async () => {
  const silence = execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'anullsrc=d=2',
    '-t',
    '2',
    '-f',
    'wav',
    'pipe:1',
  ])
  await expect(telephoneSound(silence, folder)).rejects.toThrow('nothing to be heard')
})

test('what is too long or too large is refused with the limit', async () => {
  await expect(telephoneSound(tone(130, '-ar', '8000', '-f', 'wav'), folder)).rejects.toThrow('120 s at most')
  await expect(telephoneSound(new Uint8Array(UPLOAD_MAX_BYTES + 1), folder)).rejects.toMatchObject({
    code: 'tooLarge',
  })
})

test('nothing of an upload stays behind', async () => {
  expect(await readdir(folder)).toEqual([])
})

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ALAW_RATE, ALAW_SILENCE } from '#core/lib/a-law.ts'
import type { CallId } from '#core/lib/ids.ts'
import { opusSeconds } from './opus.ts'
import { recordingPipeline } from './pipeline.ts'
import { anEndedCall, tone, type Workshop, workshop } from './recording-fixture.ts'
import { readIdentity, unseal } from './seal.ts'

const WHOLE_LIFE = ['recordingClosed', 'recordingVerified', 'recordingSealed', 'recordingStored']

let shop: Workshop
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.takeDown())

const path = process.env.PATH
afterEach(() => {
  process.env.PATH = path
})

const finish = (call: CallId) => recordingPipeline(shop.deps).finish(call)
const exists = (file: string) => stat(file).then(Boolean, () => false)

async function heard(call: CallId): Promise<Buffer> {
  const { file } = await shop.row(call)
  return await unseal(
    join(shop.folders.recordings, file ?? ''),
    (await readIdentity(shop.folders.keys)) ?? '',
  )
}

/** The samples of each side. */
function decoded(ogg: Buffer): { left: number[]; right: number[] } {
  const words = ['-v', 'error', '-i', 'pipe:0', '-ar', String(ALAW_RATE), '-f', 's16le', 'pipe:1']
  const pcm = execFileSync('ffmpeg', words, { input: ogg, maxBuffer: 64 * 1024 * 1024 })
  const frames = pcm.length / 4
  const side = (offset: number) => Array.from({ length: frames }, (_, at) => pcm.readInt16LE(at * 4 + offset))
  return { left: side(0), right: side(2) }
}

/** How strong a tone is among the samples (Goertzel): its amplitude, 0 … 32,768. */
function strength(samples: readonly number[], hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / ALAW_RATE)
  let [one, two] = [0, 0]
  for (const sample of samples) [one, two] = [sample + turn * one - two, one]
  return (2 * Math.sqrt(one * one + two * two - turn * one * two)) / samples.length
}

test('what the citizen says is heard left, what the agent says right, and nowhere else', async () => {
  const call = await anEndedCall(shop, { seconds: 4 })
  await finish(call)
  const ogg = await heard(call)
  const { left, right } = decoded(ogg)

  expect(opusSeconds(ogg)).toBeCloseTo(4, 1)
  expect(strength(left, 440)).toBeGreaterThan(5_000)
  expect(strength(right, 1_000)).toBeGreaterThan(5_000)
  // Opus codes what both sides share only once: while both sound at once, a little of each is heard behind the other.
  expect(strength(left, 1_000)).toBeLessThan(strength(right, 1_000) / 4)
  expect(strength(right, 440)).toBeLessThan(strength(left, 440) / 4)
})

test('while one side speaks, the other side is silent', async () => {
  const silence = new Uint8Array(2 * ALAW_RATE).fill(ALAW_SILENCE)
  const citizen = Buffer.concat([tone(440, 2), silence])
  const agent = Buffer.concat([silence, tone(1_000, 2)])
  const call = await anEndedCall(shop, { seconds: 4, citizen, agent })
  await finish(call)
  const { left, right } = decoded(await heard(call))
  const [first, second] = [[0.5, 1.5] as const, [2.5, 3.5] as const].map(([from, to]) => {
    const part = (samples: number[]) => samples.slice(from * ALAW_RATE, to * ALAW_RATE)
    return { left: part(left), right: part(right) }
  })
  expect(strength(first?.left ?? [], 440)).toBeGreaterThan(5_000)
  expect(strength(first?.right ?? [], 440)).toBeLessThan(100)
  expect(strength(second?.right ?? [], 1_000)).toBeGreaterThan(5_000)
  expect(strength(second?.left ?? [], 1_000)).toBeLessThan(100)
})

test('a recording is closed, verified, sealed and stored, and only then are its legs deleted', async () => {
  const call = await anEndedCall(shop)
  await finish(call)
  const row = await shop.row(call)
  expect(row).toMatchObject({
    status: 'stored',
    gap_seconds: 0,
    problem: null,
    file: `2026/03/03/${call}.age`,
  })
  expect(row.stored_at).not.toBeNull()
  expect(row.peaks?.citizen).toHaveLength(400)
  expect(Math.max(...(row.peaks?.agent ?? []))).toBeCloseTo(8_000 / 32_768, 1)
  expect(await shop.events(call)).toEqual(WHOLE_LIFE)
  expect(await shop.alarms(call)).toEqual([])
  expect(await exists(shop.legs(call).citizen)).toBe(false)
  expect(await exists(shop.legs(call).agent)).toBe(false)
})

test('what lies on the disk is sealed', async () => {
  const call = await anEndedCall(shop)
  await finish(call)
  const { file, bytes } = await shop.row(call)
  const sealed = await readFile(join(shop.folders.recordings, file ?? ''))
  expect(sealed.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /)
  expect(sealed.includes('OggS')).toBe(false)
  expect(sealed.length).toBe(Number(bytes))
  expect((await stat(join(shop.folders.recordings, file ?? ''))).mode & 0o777).toBe(0o600)
})

test('a call in progress is left alone', async () => {
  const call = await anEndedCall(shop, { inProgress: true })
  await finish(call)
  expect((await shop.row(call)).status).toBe('recording')
})

test('legs that the engine closes after the end of the call are waited for', async () => {
  const whole = tone(440, 3)
  const call = await anEndedCall(shop, { seconds: 3, citizen: whole.subarray(0, 8_192) })
  const finishing = finish(call)
  await appendFile(shop.legs(call).citizen, whole.subarray(8_192))
  await finishing
  expect(await shop.row(call)).toMatchObject({ status: 'stored', gap_seconds: 0 })
})

test('a leg that is shorter than the call is stored as it is, and somebody is told', async () => {
  const call = await anEndedCall(shop, { seconds: 4, citizen: tone(440, 2.5) })
  await finish(call)
  const row = await shop.row(call)
  expect(row).toMatchObject({ status: 'stored', gap_seconds: 1.5 })
  expect(row.problem).toContain('1.50 s are not there')
  expect(await shop.alarms(call)).toEqual(['recordingShort'])
  expect(opusSeconds(await heard(call))).toBeCloseTo(4, 1)
})

test('legs that are longer than the call by more than allowed are told of too', async () => {
  const call = await anEndedCall(shop, { seconds: 2, citizen: tone(440, 3), agent: tone(1_000, 3) })
  await finish(call)
  expect(await shop.row(call)).toMatchObject({ status: 'stored', gap_seconds: -1 })
  expect(await shop.alarms(call)).toEqual(['recordingShort'])
})

test.each([
  ['missing', undefined],
  ['empty', new Uint8Array()],
])('where the leg of the agent is %s, the citizen is heard and somebody is told', async (_how, agent) => {
  const call = await anEndedCall(shop, { seconds: 3, agent })
  await finish(call)
  const { left, right } = decoded(await heard(call))
  expect(strength(left, 440)).toBeGreaterThan(5_000)
  expect(strength(right, 440)).toBeLessThan(100)
  expect((await shop.row(call)).problem).toContain('the leg of the agent is missing')
  expect(await shop.alarms(call)).toEqual(['recordingShort'])
})

test('where nothing was recorded the recording has failed, loudly', async () => {
  const call = await anEndedCall(shop, { seconds: 3, citizen: undefined, agent: undefined })
  await expect(finish(call)).rejects.toThrow('Nothing was recorded of 3.0 s')
  expect((await shop.row(call)).status).toBe('failed')
  expect(await shop.alarms(call)).toEqual(['recordingMissing'])
})

test('a call that was over before anything could be recorded is stored as the silence it was', async () => {
  const call = await anEndedCall(shop, { seconds: 0.1, citizen: undefined, agent: undefined })
  await finish(call)
  expect((await shop.row(call)).status).toBe('stored')
  expect(await shop.alarms(call)).toEqual([])
})

/** It fails, keeps the legs and raises the alarm; when what was wrong is mended, it finishes. */
async function failsThenFinishes(
  call: CallId,
  alarm: string,
  { because, mend }: { because: RegExp; mend(): Promise<unknown> },
) {
  await expect(finish(call)).rejects.toThrow(because)
  expect(await shop.row(call)).toMatchObject({
    status: 'failed',
    problem: expect.stringMatching(because),
    stored_at: null,
  })
  const subject = alarm === 'diskFull' ? shop.folders.recordings : call
  expect(await shop.alarms(subject)).toEqual([alarm])
  expect(await exists(shop.legs(call).citizen)).toBe(true)
  expect(await exists(shop.legs(call).agent)).toBe(true)
  expect((await shop.events(call)).at(-1)).toBe('recordingFailed')

  await mend()
  await finish(call)
  expect((await shop.row(call)).status).toBe('stored')
  expect((await shop.events(call)).slice(-5)).toEqual(['recordingRetried', ...WHOLE_LIFE])
  expect(await exists(shop.legs(call).citizen)).toBe(false)
}

test('a leg that cannot be read is kept until it can be', async () => {
  const call = await anEndedCall(shop)
  const { agent } = shop.legs(call)
  await rename(agent, `${agent}.aside`)
  await mkdir(agent)
  await failsThenFinishes(call, 'recordingFailed', {
    because: /EISDIR/,
    mend: () => rm(agent, { recursive: true }).then(() => rename(`${agent}.aside`, agent)),
  })
})

test('an encoder that is not there or fails keeps the legs', async () => {
  const missing = await anEndedCall(shop)
  process.env.PATH = '/nonexistent'
  await failsThenFinishes(missing, 'recordingFailed', {
    because: /ffmpeg failed: it is not installed/,
    mend: async () => (process.env.PATH = path),
  })

  const failing = await anEndedCall(shop)
  const bin = join(shop.folders.spool, '..', 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'ffmpeg'), '#!/bin/sh\necho out of order >&2\nexit 3\n', { mode: 0o755 })
  process.env.PATH = `${bin}:${path}`
  await failsThenFinishes(failing, 'recordingFailed', {
    because: /exit code 3. out of order/,
    mend: async () => (process.env.PATH = path),
  })
})

test('an encoder that says all is well and wrote half is found out', async () => {
  const call = await anEndedCall(shop, { seconds: 3 })
  const bin = join(shop.folders.spool, '..', 'half')
  await mkdir(bin)
  const real = execFileSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' }).trim()
  await writeFile(
    join(bin, 'ffmpeg'),
    `#!/bin/sh\n${real} -v error -f lavfi -i sine=d=1.5 -c:a libopus -f ogg pipe:1\n`,
    { mode: 0o755 },
  )
  process.env.PATH = `${bin}:${path}`
  await failsThenFinishes(call, 'recordingFailed', {
    because: /plays 1\.5\d* s instead of 3 s/,
    mend: async () => (process.env.PATH = path),
  })
})

test('without a public key the legs wait in the spool until it is put back', async () => {
  const key = join(shop.folders.keys, 'recordings.pub')
  const recipient = await readFile(key, 'utf8')
  const call = await anEndedCall(shop)
  await rm(key)
  await failsThenFinishes(call, 'recordingNotSealed', {
    because: /recordings\.pub is missing/,
    mend: () => writeFile(key, recipient),
  })

  const other = await anEndedCall(shop)
  await writeFile(key, 'age1notakey')
  await failsThenFinishes(other, 'recordingNotSealed', {
    because: /no public key to seal recordings with/,
    mend: () => writeFile(key, recipient),
  })
})

test('a full disk keeps the legs, and the recording is stored when there is room', async () => {
  const call = await anEndedCall(shop, { seconds: 20 })
  const { recordings } = shop.folders
  mount('-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', recordings)
  try {
    await failsThenFinishes(call, 'diskFull', {
      because: /ENOSPC/,
      mend: async () => mount('-o', 'remount,size=4m', recordings),
    })
    const { file } = await shop.row(call)
    expect(await readdir(join(recordings, dirname(file ?? '')))).toEqual([`${call}.age`])
  } finally {
    execFileSync('umount', [recordings])
  }
})

const mount = (...words: string[]) => execFileSync('mount', words)

test('a sealed file that was damaged before it was read back is made anew', async () => {
  const call = await anEndedCall(shop)
  killedAt('sealed', call)
  const { file } = await shop.row(call)
  const sealed = join(shop.folders.recordings, file ?? '')
  const bytes = await readFile(sealed)
  bytes[400] = (bytes[400] ?? 0) ^ 1
  await writeFile(sealed, bytes)
  await failsThenFinishes(call, 'recordingFailed', {
    because: /not what was written/,
    mend: async () => undefined,
  })
})

test('a leg that grows after it was measured is measured again', async () => {
  const call = await anEndedCall(shop, { seconds: 3, citizen: tone(440, 2.9), agent: tone(1_000, 2.9) })
  killedAt('verified', call)
  await appendFile(shop.legs(call).citizen, tone(440, 0.1))
  await appendFile(shop.legs(call).agent, tone(1_000, 0.1))
  await finish(call)
  expect(await shop.row(call)).toMatchObject({ status: 'stored', gap_seconds: 0 })
  expect(await shop.events(call)).toEqual([
    'recordingClosed',
    'recordingVerified',
    'recordingReopened',
    ...WHOLE_LIFE,
  ])
})

test('the legs of a call of an hour are not taken for others because the row rounds their seconds', async () => {
  const seconds = 3_600.017375
  const silence = Buffer.alloc(seconds * 8_000, 0xd5)
  const call = await anEndedCall(shop, { seconds, citizen: silence, agent: silence })
  killedAt('verified', call)
  expect(await shop.events(call)).toEqual(['recordingClosed', 'recordingVerified'])
}, 60_000)

test('a machine without the identity stores what it cannot open', async () => {
  const call = await anEndedCall(shop)
  const key = join(shop.folders.keys, 'recordings.key')
  await rename(key, `${key}.elsewhere`)
  await finish(call)
  await rename(`${key}.elsewhere`, key)
  expect((await shop.row(call)).status).toBe('stored')
  expect(opusSeconds(await heard(call))).toBeCloseTo(2, 1)
})

test('a recording asked for twice at once is finished once', async () => {
  const call = await anEndedCall(shop)
  const pipeline = recordingPipeline(shop.deps)
  await Promise.all([pipeline.finish(call), pipeline.finish(call)])
  expect(await shop.events(call)).toEqual(WHOLE_LIFE)
})

/** Runs the pipeline in a process of its own, which is killed at the point. */
function killedAt(point: string, call: CallId): void {
  const words = [point, call, JSON.stringify(shop.connection), JSON.stringify(shop.folders)]
  const program = join(import.meta.dirname, 'killed-while-finishing.ts')
  const { signal, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' })
  expect(signal, stderr).toBe('SIGKILL')
}

test.each(['closed', 'verified', 'written', 'sealed', 'stored', 'legsDeleted'])(
  'a server killed when the recording is %s loses nothing and does nothing twice',
  async (point) => {
    const call = await anEndedCall(shop, { seconds: 3 })
    killedAt(point, call)
    await finish(call)
    expect(await shop.row(call)).toMatchObject({ status: 'stored', gap_seconds: 0 })
    expect(await shop.events(call)).toEqual(WHOLE_LIFE)
    expect(strength(decoded(await heard(call)).left, 440)).toBeGreaterThan(5_000)
  },
)

test('a server killed while it encodes begins the encoding again', async () => {
  const call = await anEndedCall(shop, { seconds: 300 })
  const words = ['never', call, JSON.stringify(shop.connection), JSON.stringify(shop.folders)]
  const server = spawn(process.execPath, [join(import.meta.dirname, 'killed-while-finishing.ts'), ...words])
  while ((await shop.row(call)).status !== 'verified') await once(setImmediately(), 'now')
  server.kill('SIGKILL')
  await once(server, 'exit')
  expect((await shop.row(call)).status).toBe('verified')
  await finish(call)
  expect(await shop.events(call)).toEqual(WHOLE_LIFE)
  expect(opusSeconds(await heard(call))).toBeCloseTo(300, 1)
})

function setImmediately(): EventTarget {
  const target = new EventTarget()
  setImmediate(() => target.dispatchEvent(new Event('now')))
  return target
}

/**
 * Callers who are gone without a word: no BYE, no sound. The time in pjsip.conf is minutes; here it is cut to
 * seconds, and nothing else.
 */
import { createSocket } from 'node:dgram'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import type { AsteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { readAudio } from '../../tools/callers/sdp.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { openMedia, startTestEngine, type TestEngine } from './engine.ts'
import { WatchedEvents } from './watched-events.ts'

const AS_WRITTEN = 'rtp_timeout = 300'
const FOR_THE_TEST = 'rtp_timeout = 3'
/** Q.850 44: the channel asked for is not available. */
const CAUSE_OF_SILENCE = 44
const REPORT_EVERY_MS = 500
const RECEIVER_REPORT = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 7])

let engine: TestEngine
let media: AsteriskMediaEngine
const events = new WatchedEvents()

beforeAll(async () => {
  engine = await startTestEngine()
  const file = join(engine.paths.engine, 'etc/pjsip.conf')
  const written = readFileSync(file, 'utf8')
  if (!written.includes(AS_WRITTEN)) throw new Error(`pjsip.conf does not say ${AS_WRITTEN}`)
  writeFileSync(file, written.replace(AS_WRITTEN, FOR_THE_TEST))
  await engine.crash()
  await engine.start()
  media = await openMedia(engine, events.take)
  await media.applyTrunks([
    { id: 'demo', peerAddresses: ['127.0.0.1'], didPatterns: ['1195'], codecs: ['alaw'], maxCalls: 10 },
  ])
})
afterAll(async () => {
  await media?.stop()
  await engine?.stop()
})

/** A caller whose call has been answered. */
async function answered(): Promise<{ citizen: SipCall; call: CallId }> {
  const citizen = await SipCall.dial({
    host: '127.0.0.1',
    port: engine.ports.sip,
    to: 'sip:1195@127.0.0.1',
    from: '998901234567',
    userAgent: 'Phone',
  })
  const { call } = await events.next('callArrived')
  await media.answer(call)
  await citizen.settled
  return { citizen, call }
}

test('a caller who vanished ends once, and one who only reports that he is there stays', async () => {
  const silent = await answered()
  const vanished = await answered()
  const stopReporting = reportFrom(silent.citizen)
  silent.citizen.audio.close()
  vanished.citizen.vanish()

  expect(await events.next('callerHungUp')).toMatchObject({ call: vanished.call, cause: CAUSE_OF_SILENCE })
  expect((await media.standing()).calls.map(({ call }) => call)).toEqual([silent.call])

  // Then he reports no more, and is gone as well.
  stopReporting()
  expect(await events.next('callerHungUp')).toMatchObject({ call: silent.call, cause: CAUSE_OF_SILENCE })
  expect((await silent.citizen.over).by).toBe('them')
  expect((await media.standing()).calls).toEqual([])
})

/** Says every now and then that the sound is heard, to the port beside that of the sound (RFC 3550). */
function reportFrom(citizen: SipCall): () => void {
  const audio = citizen.answers.map(({ body }) => readAudio(body)).findLast(Boolean)
  if (!audio) throw new Error('The engine has not said where its sound is')
  const socket = createSocket('udp4')
  const report = () => socket.send(RECEIVER_REPORT, audio.port + 1, audio.host)
  report()
  const timer = setInterval(report, REPORT_EVERY_MS)
  return () => {
    clearInterval(timer)
    socket.close()
  }
}

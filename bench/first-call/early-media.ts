/** INVITE → first packet of early media, ours and Asterisk alone taking turns, so that both meet the same machine. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningCopy } from '../../tools/callers/running-copy.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { BARE_NUMBER, playbackSetup, startBareAsterisk } from '../lib/bare-asterisk.ts'
import { atMost, type Measure, p95 } from '../lib/measure.ts'

const CALLS = 50
/** The first ones fill caches and are not counted, on either side. */
const WARM_UP_CALLS = 3
const TARGET_MS = 250
const GIVE_UP_MS = 3_000

export async function benchEarlyMedia(copy: RunningCopy): Promise<Measure> {
  const bare = await startBareAsterisk(playbackSetup(anyPrompt(copy)))
  const ours: number[] = []
  const peers: number[] = []
  try {
    for (let n = -WARM_UP_CALLS; n < CALLS; n++) {
      const our = await firstPacketMs(copy.ports.sip, '1195')
      const peer = await firstPacketMs(bare.port, BARE_NUMBER)
      if (n < 0) continue
      ours.push(our)
      peers.push(peer)
    }
  } finally {
    await bare.stop()
  }
  const work = `${CALLS} calls one after another; milliseconds, p95; peer: Asterisk alone, Progress, MixMonitor and Playback`
  return atMost(TARGET_MS, {
    name: 'INVITE → first early-media packet',
    work,
    ours: p95(ours),
    peer: p95(peers),
  })
}

/** Both sides play a file of the copy's, so that neither has to decode another kind. */
function anyPrompt(copy: RunningCopy): string {
  const prompt = readdirSync(copy.data.prompts).find((name) => name.endsWith('.alaw'))
  if (!prompt) throw new Error('The copy has no prompts')
  return join(copy.data.prompts, prompt.slice(0, -'.alaw'.length))
}

async function firstPacketMs(port: number, number: string): Promise<number> {
  const host = '127.0.0.1'
  const call = await SipCall.dial({
    host,
    port,
    to: `sip:${number}@${host}`,
    from: '+998900000001',
    userAgent: 'Javob bench',
  })
  const heard = Promise.withResolvers<number>()
  const stop = call.audio.listen((frame) => heard.resolve(frame.at - call.invitedAt))
  const timer = setTimeout(() => heard.resolve(Number.POSITIVE_INFINITY), GIVE_UP_MS)
  const ms = await Promise.race([heard.promise, call.over.then(() => Number.POSITIVE_INFINITY)])
  clearTimeout(timer)
  stop()
  await call.hangUp()
  return ms
}

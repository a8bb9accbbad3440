/**
 * One agent on the always-on line serves waiting citizens one after another, all
 * by real SIP with marker tones: how soon both hear each other after the accept,
 * how soon the recording can be played after the hang-up, and what is missing in it.
 */
import type { Desk } from '#contract/calls.ts'
import { openLine, proveLine } from '../../tools/callers/agent-phone.ts'
import { repeating } from '../../tools/callers/audio-port.ts'
import { Citizen, passed } from '../../tools/callers/citizen.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { type DeskClient, Refused, signIn } from '../../tools/callers/desk-client.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { openDatabase, type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import type { SipCall } from '../../tools/callers/sip-call.ts'
import { readRun, tally } from '../../tools/callers/tally.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { atMost, type Measure, p95 } from '../lib/measure.ts'
import { oggSeconds } from './ogg-seconds.ts'

const CALLS = 20
const BETWEEN_CALLS_MS = 150
const TALK_MS = 2_000
const TONE_WITHIN_MS = 5_000
/** From the INVITE through greeting and menu to the queue, with every prompt heard out. */
const OFFER_WITHIN_MS = 90_000
const PLAYABLE_WITHIN_MS = 20_000
const LOOK_EVERY_MS = 25

const BOTH_WAYS_TARGET_MS = 80
const PLAYABLE_TARGET_SECONDS = 2
const GAP_TARGET_SECONDS = 0.2

type Talk = { bothWaysMs: number; playableSeconds: number; playedSeconds: number; call: string }

export async function benchTalks(copy: RunningCopy, say: (text: string) => void): Promise<Measure[]> {
  const since = Date.now()
  const citizens = await placeCalls(copy)
  const place = await openPlace(copy)
  const talks: Talk[] = []
  try {
    for (let n = 0; n < CALLS; n++) {
      talks.push(await talk(place, citizens))
      say(`talk ${n + 1} of ${CALLS}`)
    }
  } finally {
    await Promise.all([...citizens.values()].map((citizen) => citizen.call.hangUp()))
    await place.close()
  }
  return [...measures(talks), await gap(copy, { talks, numbers: [...citizens.keys()], since })]
}

/** By number, which is how the agent's desk names them. */
async function placeCalls(copy: RunningCopy): Promise<Map<string, Citizen>> {
  const citizens = new Map<string, Citizen>()
  const first = Math.floor(Math.random() * 9_000_000)
  for (let n = 0; n < CALLS; n++) {
    const from = `+99890${String(first + n).padStart(7, '0')}`
    const citizen = await Citizen.dial({
      host: copy.host,
      port: copy.ports.sip,
      to: '1195',
      from,
      userAgent: 'Javob bench',
    })
    void citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
    void citizen.walk(['1', '1', '1'])
    citizens.set(from, citizen)
    await passed(BETWEEN_CALLS_MS)
  }
  return citizens
}

/** A working place: the agent's desk and line, and somebody who may listen to recordings. */
async function openPlace(copy: RunningCopy) {
  const [agent, supervisor] = [signInsOf(copy, 'agent', 1)[0], signInsOf(copy, 'supervisor', 1)[0]]
  if (!agent || !supervisor) throw new Error('The copy names no sign-ins')
  await clearDesk(copy.web, agent)
  const desk = await signIn(copy.web, agent)
  const listener = await signIn(copy.web, supervisor)
  const line = await openLine(copy, await desk.openPhone())
  line.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
  const watch = watchDesk(desk)
  const close = async () => {
    await Promise.allSettled([desk.signOff(), line.hangUp()])
    await Promise.allSettled([desk.signOut(), listener.signOut(), clearDesk(copy.web, agent)])
    desk.close()
    listener.close()
  }
  try {
    await proveLine(desk, line)
    await desk.becomeAvailable()
  } catch (error) {
    await close()
    throw error
  }
  return { desk, line, listener, watch, close }
}

type Place = { desk: DeskClient; line: SipCall; listener: DeskClient; watch: ReturnType<typeof watchDesk> }

function watchDesk(client: DeskClient) {
  let latest: Desk | undefined
  let changed = Promise.withResolvers<void>()
  const following = client.follow((message) => {
    if (message.type !== 'desk') return
    latest = message.desk
    changed.resolve()
    changed = Promise.withResolvers<void>()
  })

  return async (what: string, holds: (desk: Desk) => boolean): Promise<Desk> => {
    const limit = passed(OFFER_WITHIN_MS).then(() =>
      Promise.reject(new Error(`The desk did not see in time: ${what}`)),
    )
    limit.catch(() => undefined)
    while (!latest || !holds(latest)) await Promise.race([changed.promise, limit, following])
    return latest
  }
}

async function talk({ desk, line, listener, watch }: Place, citizens: Map<string, Citizen>): Promise<Talk> {
  const ringing = await watch(
    'an offer',
    ({ offer, caller }) => offer !== null && caller?.call === offer.call,
  )
  const citizen = citizens.get((ringing.caller?.number ?? '').replace(/\s/g, ''))
  if (!citizen || !ringing.offer) throw new Error('An offer came from a citizen who is not ours')
  const { id, call } = ringing.offer

  const asked = performance.now()
  const [heardByCitizen, heardByAgent] = await Promise.all([
    toneHeard(citizen.call.audio, AGENT_TONE_HZ, TONE_WITHIN_MS),
    toneHeard(line.audio, CITIZEN_TONE_HZ, TONE_WITHIN_MS),
    desk.accept(id),
  ])
  await passed(TALK_MS)
  await desk.end()
  const { at: endedAt } = await citizen.call.over
  const recording = await playable(listener, call)
  const playableSeconds = (performance.now() - endedAt) / 1000
  await watch('wrap-up', ({ status }) => status === 'wrapUp')
  await desk.wrapUp({ outcome: 'resolved', topics: [ringing.caller?.topic ?? '01'], note: '' })
  return {
    bothWaysMs: Math.max(heardByCitizen, heardByAgent) - asked,
    playableSeconds,
    playedSeconds: oggSeconds(recording),
    call,
  }
}

async function playable(listener: DeskClient, call: string): Promise<Buffer> {
  const until = performance.now() + PLAYABLE_WITHIN_MS
  for (;;) {
    try {
      return Buffer.from(await (await listener.recording(call)).arrayBuffer())
    } catch (error) {
      if (!(error instanceof Refused) || performance.now() > until) throw error
    }
    await passed(LOOK_EVERY_MS)
  }
}

function measures(talks: readonly Talk[]): Measure[] {
  return [
    atMost(BOTH_WAYS_TARGET_MS, {
      name: 'accept → audio both ways',
      work: `${CALLS} talks on the always-on line; milliseconds from the request to the later of both marker tones, p95`,
      ours: p95(talks.map((each) => each.bothWaysMs)),
    }),
    atMost(PLAYABLE_TARGET_SECONDS, {
      name: 'hang-up → recording playable',
      work: `${CALLS} calls; seconds from the BYE to the whole decrypted recording, p95`,
      ours: p95(talks.map((each) => each.playableSeconds)),
    }),
  ]
}

/** What the rows say is missing, and what is missing in the file as a player sees it: the worse of both, of the worst call. */
async function gap(
  copy: RunningCopy,
  run: { talks: readonly Talk[]; numbers: string[]; since: number },
): Promise<Measure> {
  const pool = openDatabase(copy)
  try {
    const rows = await readRun(pool, run.numbers, run.since)
    const { maxGapSeconds, failed } = tally(rows, { refused: 0, numbers: run.numbers })
    const played = run.talks.map((each) => {
      const expected = rows.find((row) => row.id === each.call)?.expectedSeconds
      return Math.abs((expected ?? Number.POSITIVE_INFINITY) - each.playedSeconds)
    })
    return atMost(GAP_TARGET_SECONDS, {
      name: 'recorded against expected seconds',
      work: `${CALLS} calls, both legs, the talk within, and the file as played; seconds, the worst`,
      ours: failed > 0 ? undefined : Math.max(maxGapSeconds, ...played),
    })
  } finally {
    await pool.end()
  }
}

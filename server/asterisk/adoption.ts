/**
 * Puts the books right against what Asterisk says is standing, whenever the link has
 * come up: nobody tells us again what we missed. What went is told as gone, what came
 * is taken up, and who was left alone in a bridge is taken out of it.
 */
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { AriLink } from './ari-link.ts'
import type { AriBridge, AriChannel } from './ari-objects.ts'
import { AriRefused } from './ari-socket.ts'
import { calledOn, type ChannelFacts, standingFacts } from './channel-facts.ts'
import { type Books, type EngineEvents, SEEN } from './engine-events.ts'
import { endOfLeg } from './engine-life.ts'
import { ignoringGone } from './refusals.ts'

/** Q.850 38: what went while nobody watched, went with the network or the engine. */
const NETWORK_OUT_OF_ORDER = 38

/** How many channels are looked at together. The engine answers in order; only the way there and back is shared. */
const AT_ONCE = 32

/** `diedAt`: when the engine was lost whose channels the books hold, if this is another one. */
export async function adoptStanding(books: Books, events: EngineEvents, diedAt?: Instant): Promise<void> {
  const { link } = books
  const [channels, bridges] = await Promise.all([
    link.get<AriChannel[]>(['channels']),
    link.get<AriBridge[]>(['bridges']),
  ])
  forgetVanished(books, events, { standing: new Set(channels.map((channel) => channel.id)), diedAt })
  const bridgeOf = new Map(bridges.flatMap((bridge) => bridge.channels.map((channel) => [channel, bridge])))
  for (let from = 0; from < channels.length; from += AT_ONCE) {
    const some = channels.slice(from, from + AT_ONCE)
    await Promise.all(
      some.map((channel) => adoptChannel(books, events, { channel, bridge: bridgeOf.get(channel.id) })),
    )
  }
  await books.rooms.putRight(bridges)
}

/** Where the dialplan has a call that it handles without us. */
const ALONE_CONTEXTS: readonly (string | undefined)[] = ['alone', 'message']

/** Calls that are up but not in our hands. One that ends while we ask is not among them. */
export async function callsAlone({ link, citizens }: Books): Promise<CallId[]> {
  const channels = await link.get<AriChannel[]>(['channels'])
  const alone = channels.filter(
    ({ id, dialplan }) => ALONE_CONTEXTS.includes(dialplan.context) && !citizens.onChannel(id),
  )
  const names = await Promise.all(alone.map((channel) => variableOf(link, channel, 'CALL')))
  return names.filter((name) => name !== '') as CallId[]
}

type Look = { standing: ReadonlySet<string>; diedAt: Instant | undefined }

function forgetVanished(books: Books, events: EngineEvents, { standing, diedAt }: Look): void {
  const at = diedAt ?? Date.now()
  const hasGone = ({ channel }: { channel: string }) => !standing.has(channel)
  for (const citizen of books.citizens.all().filter(hasGone)) {
    const because = diedAt === undefined ? {} : { because: 'engineLost' as const }
    const endedAt = endOfLeg(books.legs.of(citizen.call).citizen, diedAt)
    events.citizenGone(citizen, { cause: NETWORK_OUT_OF_ORDER, at: endedAt, ...because })
  }
  for (const line of books.agents.lines().filter(hasGone)) events.lineGone(line, NETWORK_OUT_OF_ORDER, at)
  for (const phone of books.agents.phones().filter(hasGone)) events.phoneGone(phone, NETWORK_OUT_OF_ORDER, at)
  for (const party of books.outside.all().filter(hasGone)) events.partyGone(party, NETWORK_OUT_OF_ORDER, at)
  for (const callback of books.outside.callbacks().filter(hasGone))
    events.callbackGone(callback, NETWORK_OUT_OF_ORDER, at)
}

async function adoptChannel(
  books: Books,
  events: EngineEvents,
  { channel, bridge }: Omit<Found, 'facts'>,
): Promise<void> {
  const facts = standingFacts(channel)
  if (facts) await adopt(books, events, { channel, facts, bridge })
  else adoptCalled(books, channel)
}

type Found = { channel: AriChannel; facts: ChannelFacts; bridge: AriBridge | undefined }

async function adopt(books: Books, events: EngineEvents, { channel, facts, bridge }: Found): Promise<void> {
  const { citizens, agents, outside, link } = books
  if (facts.is === 'refused') return events.refused(channel, facts)
  const known = facts.is === 'citizen' ? citizens.find(facts.call) : undefined
  if (known) return await events.caughtUp(known, channel)
  if (facts.is === 'citizen') {
    if (!(await wasSeen(books, channel))) return events.arrived(channel, facts)
    const citizen = citizens.add(facts, channel.id)
    citizen.room = bridge?.id
    await ignoringGone(citizens.calm(citizen))
  }
  if (facts.is === 'line' && !agents.lineOn(channel.id)) {
    // One that nobody has taken up yet, or a second of an agent: as if it came now.
    if (channel.state !== 'Up' || agents.line(facts.agent)) return events.lineUp(channel, facts.agent)
    agents.adopt(facts.agent, channel.id)
  }
  if (facts.is === 'rung' && !agents.phoneOn(channel.id)) {
    if (bridge) return agents.adoptPhone(facts.agent, facts.offer)
    // Nobody remembers for whom it rang.
    await ignoringGone(link.request({ method: 'DELETE', path: ['channels', channel.id] }))
  }
  if (facts.is === 'party') {
    if (!outside.onChannel(channel.id)) outside.adopt(facts.party, true)
    else events.partyAnswered(channel, Date.now())
  }
}

/** Of those whom we are calling, and who are not in our hands until they answer. */
function adoptCalled({ citizens, outside }: Books, { id }: AriChannel): void {
  const called = calledOn(id)
  if (!called || citizens.onChannel(id)) return
  if ('callback' in called) outside.adoptCallback(called.callback)
  else if (!outside.onChannel(id)) outside.adopt(called.party, false)
}

async function wasSeen({ link }: Books, channel: AriChannel): Promise<boolean> {
  return (await variableOf(link, channel, SEEN)) !== ''
}

/** Nothing where the channel has none, or has gone. */
async function variableOf(link: AriLink, channel: AriChannel, variable: string): Promise<string> {
  try {
    const path = ['channels', channel.id, 'variable']
    return (await link.get<{ value: string }>(path, { variable })).value
  } catch (error) {
    if (error instanceof AriRefused) return ''
    throw error
  }
}

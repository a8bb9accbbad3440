/** The calls of a scripted day that are over, and the callbacks it has. */
import type { CallbackRow } from '#contract/callbacks.ts'
import type { CallCard } from '#contract/calls.ts'
import { choiceNames } from '#core/ivr/choice-names.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { wayThrough } from '#core/scripts/script-way.ts'
import { AGENT_NAMES, madeId, NUMBERS, TOPICS, WAY } from './mock-data.ts'

const MINUTE_MS = 60_000
const PEAKS_PER_SIDE = 600

export function pastCalls(now: number): CallCard[] {
  return Array.from({ length: 64 }, (_, place) => pastCall(place, now - (place * 23 + 4) * MINUTE_MS))
}

function pastCall(place: number, arrivedAt: number): CallCard {
  const isLost = place % 7 === 3
  const talkSeconds = isLost ? null : 95 + ((place * 37) % 240)
  const waitSeconds = 12 + ((place * 13) % 60)
  const connectedAt = isLost ? null : arrivedAt + 40_000 + waitSeconds * 1000
  const endedAt = (connectedAt ?? arrivedAt + 50_000) + (talkSeconds ?? 0) * 1000
  const topic = TOPICS.filter(({ level }) => level === 3)[(place * 5) % 80]
  const agentName = AGENT_NAMES[place % 2] ?? null
  return {
    id: madeId(2, place),
    arrivedAt,
    number: NUMBERS[place % NUMBERS.length] ?? '',
    status: 'ended',
    language: place % 3 === 0 ? 'ru' : 'uz',
    queue: 'admission',
    queueNames: { uz: 'Qabul', ru: 'Приём' },
    topic: isLost ? null : (topic?.code ?? null),
    agentName: isLost ? null : agentName,
    waitSeconds,
    talkSeconds,
    outcome: isLost
      ? null
      : ((['resolved', 'explained', 'unresolved', 'disputed'] as const)[(place * 3) % 4] ?? null),
    lostReason: isLost ? 'abandoned' : null,
    recording: isLost ? null : place === 0 ? 'verified' : 'stored',
    previous: null,
    next: null,
    callerRaw: '<sip:998901234567@10.0.0.5>',
    callerName: place === 1 ? '"><img src=x onerror=alert(1)>' : '',
    did: '1195',
    trunk: 'demo',
    path: WAY,
    choiceNames: choiceNames(demoFlow(), WAY),
    keys: '111',
    answeredAt: arrivedAt + 9_000,
    queuedAt: arrivedAt + 40_000,
    connectedAt,
    endedAt,
    endedBy: 'citizen',
    holdSeconds: isLost ? null : place % 5,
    note: isLost ? null : 'Roʻyxatdan oʻtish muddati va tartibi tushuntirildi.',
    topics: topic && !isLost ? [{ code: topic.code, names: topic.names }] : [],
    citizen: place % 4 === 1 && !isLost ? { id: madeId(4, 1), name: 'Gulchehra Abdullayeva' } : null,
    offers: isLost || !connectedAt || !agentName ? [] : offersOf(connectedAt, agentName),
    talk: isLost || !connectedAt || !agentName ? [] : [{ startedAt: connectedAt, endedAt, agentName }],
    legs:
      isLost || !connectedAt || !agentName
        ? []
        : legsOf({ connectedAt, endedAt, agentName }, talkSeconds ?? 0),
    recordingCard: talkSeconds === null ? null : recordingOf(arrivedAt, talkSeconds, place === 0),
    appeals: place % 9 === 2 ? [{ id: madeId(3, 0), number: 'A-2026-000123' }] : [],
    callbacks: place % 9 === 2 ? [callbackOf(place, endedAt)] : [],
    messages: place % 9 === 2 ? [smsOf(place, endedAt, agentName ?? '')] : [],
    timeline: timelineOf({ arrivedAt, connectedAt, endedAt, agentName, talkSeconds }),
  }
}

function callbackOf(place: number, at: number): CallbackRow {
  const promise = { reason: 'promised' as const, promisedByName: 'Dilnoza Karimova' }
  const [row] = callbackRows(at)
  if (!row) throw new Error('There are callbacks')
  return { ...row, ...promise, id: madeId(6, 100 + place), call: madeId(2, place) }
}

function smsOf(place: number, sentAt: number, byName: string): CallCard['messages'][number] {
  const text = 'Murojaatni shu yerda yuborish mumkin: https://murojaat.example.uz'
  return { id: madeId(82, place), ready: 'portal', text, status: 'sent', parts: 1, sentAt, byName }
}

function legsOf(
  { connectedAt, endedAt, agentName }: { connectedAt: number; endedAt: number; agentName: string },
  talkSeconds: number,
): CallCard['legs'] {
  const part = { role: 'agent' as const, startedAt: connectedAt, endedAt, endedAs: 'ended' as const }
  return [
    {
      name: agentName,
      ...part,
      talkSeconds,
      outcome: 'explained',
      note: null,
      topics: [],
      script: scriptRead(),
    },
  ]
}

function scriptRead(): CallCard['legs'][number]['script'] {
  const done = [
    { step: 'greeting', branch: null, at: Date.UTC(2026, 10, 23, 4, 5) },
    { step: 'clarification', branch: 'question' },
    { step: 'answer', branch: 'resolved' },
  ]
  const steps = wayThrough(DEMO_SCRIPT, done).map(({ step, isDone, branch, at = null }) => ({
    title: step.title,
    isDone,
    at,
    branch: branch?.label ?? null,
  }))
  return { names: DEMO_SCRIPT.names, version: 1, steps }
}

function offersOf(connectedAt: number, agentName: string): CallCard['offers'] {
  return [
    {
      agentName: 'Jasur Xolmatov',
      offeredAt: connectedAt - 26_000,
      endedAt: connectedAt - 6_000,
      endedAs: 'missed',
    },
    { agentName, offeredAt: connectedAt - 5_000, endedAt: connectedAt, endedAs: 'answered' },
  ]
}

function recordingOf(startedAt: number, seconds: number, isFresh: boolean): CallCard['recordingCard'] {
  const side = (shift: number) =>
    Array.from({ length: PEAKS_PER_SIDE }, (_, at) => {
      const speaks = Math.sin((at + shift) / 23) > 0
      return speaks ? 0.15 + 0.7 * Math.abs(Math.sin(at * 1.7) * Math.cos(at / 3)) : 0.02
    })
  return {
    status: isFresh ? 'verified' : 'stored',
    startedAt,
    seconds,
    gapSeconds: 0.04,
    peaks: isFresh ? null : { citizen: side(0), agent: side(72) },
    problem: null,
  }
}

function timelineOf(call: {
  arrivedAt: number
  connectedAt: number | null
  endedAt: number
  agentName: string | null
  talkSeconds: number | null
}): CallCard['timeline'] {
  const { arrivedAt, connectedAt, endedAt, agentName, talkSeconds } = call
  const events: CallCard['timeline'] = [
    { at: arrivedAt, type: 'callArrived', actorName: null, detail: { did: '1195', trunk: 'demo' } },
    { at: arrivedAt + 9_000, type: 'callAnswered', actorName: null, detail: {} },
    {
      at: arrivedAt + 14_000,
      type: 'menuStepped',
      actorName: null,
      detail: { path: ['language:uz'], keys: '1' },
    },
    {
      at: arrivedAt + 40_000,
      type: 'callQueued',
      actorName: null,
      detail: { queue: 'admission', position: 3, topic: '01.01' },
    },
  ]
  if (connectedAt !== null) {
    events.push(
      { at: connectedAt - 26_000, type: 'callOffered', actorName: 'Jasur Xolmatov', detail: {} },
      { at: connectedAt - 6_000, type: 'offerEnded', actorName: 'Jasur Xolmatov', detail: { as: 'missed' } },
      { at: connectedAt, type: 'callConnected', actorName: agentName, detail: {} },
    )
  }
  events.push({
    at: endedAt,
    type: 'callEnded',
    actorName: null,
    detail:
      talkSeconds === null ? { endedBy: 'citizen', lost: 'abandoned' } : { endedBy: 'citizen', talkSeconds },
  })
  return events
}

export function callbackRows(now: number): CallbackRow[] {
  const row = (place: number, change: Partial<CallbackRow>): CallbackRow => ({
    id: madeId(6, place),
    call: madeId(2, place),
    number: `+998 90 765 43 2${place}`,
    queue: 'admission',
    queueNames: { uz: 'Qabul', ru: 'Приём' },
    language: 'uz',
    reason: 'asked',
    status: 'waiting',
    attempts: 0,
    since: now - (30 - place) * MINUTE_MS,
    promisedAt: now - (25 - place) * MINUTE_MS,
    dueAt: now,
    expiresAt: now + 23 * 60 * MINUTE_MS,
    endedAt: null,
    cause: null,
    promisedByName: null,
    meantForName: null,
    agentName: null,
    cancelledByName: null,
    place,
    ...change,
  })
  return [
    row(1, {}),
    row(2, { attempts: 1, cause: 'busy' }),
    row(3, { status: 'dialling', place: null, agentName: 'Dilnoza Karimova' }),
    row(4, { status: 'done', endedAt: now - MINUTE_MS, place: null, agentName: 'Sherzod Aliyev' }),
  ]
}

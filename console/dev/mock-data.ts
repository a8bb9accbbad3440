/** The people, calls and appeals of a scripted day, by the contract's own types. */
import { readFileSync } from 'node:fs'
import type { AlarmRow } from '#contract/alarms.ts'
import type { AppealCard } from '#contract/appeals.ts'
import { FIRST_DEADLINE_RULES, otherDays } from '#core/deadlines/appeal-clock.ts'
import type { CallbackRow } from '#contract/callbacks.ts'
import type { CallCard, CallerCard } from '#contract/calls.ts'
import type { PromptRow } from '#contract/flows.ts'
import type { Answer, Topic } from '#contract/knowledge.ts'
import type { AgentRow } from '#contract/live.ts'
import type { Me } from '#contract/staff.ts'
import { choiceNames } from '#core/ivr/choice-names.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { promptsOf } from '#core/ivr/spoken.ts'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { wayThrough } from '#core/scripts/script-way.ts'
import { PERMISSIONS, type Role } from '#core/staff/permissions.ts'

export const PASSWORD = 'javob'
const MINUTE_MS = 60_000
const PEAKS_PER_SIDE = 600

const demo = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../server/knowledge/demo/${path}`, import.meta.url), 'utf8'))

type DemoTopic = {
  code: string
  level: number
  parent: string | null
  uz: string
  ru: string
  defaultKind?: string
}
type DemoFaq = { n: number; code: string; q_uz: string; q_ru: string; a_uz: string; a_ru: string }

const TOPIC_KIND_LETTERS: Record<string, string> = {
  A: 'application',
  Sh: 'complaint',
  T: 'proposal',
  S: 'consultation',
  X: 'report',
}

export const TOPICS: Topic[] = (demo('classifier.json') as DemoTopic[]).map(
  ({ code, level, parent, uz, ru, defaultKind }) => ({
    code,
    level,
    parent,
    names: { uz, ru },
    defaultKind: TOPIC_KIND_LETTERS[defaultKind ?? ''] ?? null,
    queue: null,
    retired: false,
  }),
)

export const FAQ: Answer[] = (demo('faq.json') as DemoFaq[]).map(({ n, code, q_uz, q_ru, a_uz, a_ru }) => ({
  id: n,
  version: 1,
  kind: 'faq',
  topics: [code],
  content: { uz: { title: q_uz, text: a_uz }, ru: { title: q_ru, text: a_ru } },
  isWhole: true,
}))

/** The same id each time, so that addresses can be kept. */
export const madeId = (group: number, place: number) =>
  `00000000-0000-4000-8${String(group).padStart(3, '0')}-${String(place).padStart(12, '0')}`

const staff = (place: number, login: string, name: string, role: Role): Me => ({
  id: madeId(1, place),
  login,
  name,
  role,
  may: [...PERMISSIONS[role]],
  interfaceLanguage: 'uz',
  languages: ['uz', 'ru'],
  hasOneTimePassword: false,
  organisation: 'Bilim va malakalarni baholash agentligi',
})

export const STAFF: Me[] = [
  staff(1, 'agent1', 'Dilnoza Karimova', 'agent'),
  staff(2, 'agent2', 'Sherzod Aliyev', 'agent'),
  staff(3, 'supervisor1', 'Malika Yusupova', 'supervisor'),
  staff(4, 'editor1', 'Gulnora Rahimova', 'editor'),
  staff(5, 'officer1', 'Bobur Toshmatov', 'officer'),
  staff(6, 'admin', 'Aziz Nazarov', 'administrator'),
]

const AGENT_NAMES = [
  'Dilnoza Karimova',
  'Sherzod Aliyev',
  'Oʻgʻiloy Gʻaniyeva',
  'Анна Ким',
  'Jasur Xolmatov',
  'Nodira Saidova',
]

export function agentRows(now: number): AgentRow[] {
  const statuses = ['available', 'talking', 'wrapUp', 'onBreak', 'talking', 'ringing'] as const
  return AGENT_NAMES.map((name, place) => ({
    id: madeId(1, place + 20),
    name,
    status: statuses[place] ?? 'available',
    reason: place === 3 ? 'lunch' : null,
    since: place === 3 ? now - 65 * MINUTE_MS : now - (place + 1) * 47_000,
    limitAt: place === 3 ? now - 5 * MINUTE_MS : null,
    next:
      place === 1 ? { do: 'leave' as const } : place === 4 ? { do: 'break' as const, reason: 'rest' } : null,
    asks: place === 0 ? { reason: 'training', since: now - 3 * MINUTE_MS } : null,
    line: place === 3 ? 'up' : 'proven',
  }))
}

const NUMBERS = ['+998 90 123 45 67', '+998 93 555 01 22', '+998 71 200 10 10', '', '+998 97 404 40 04']

const WAY = ['language:uz', 'menu:1', 'menu:1.1']

export function callerCard(call: string, now: number, earlier: CallCard[]): CallerCard {
  return {
    call,
    number: NUMBERS[0] ?? '',
    numberConfidence: 'high',
    callerName: 'Gulchehra',
    language: 'uz',
    queue: 'admission',
    queueNames: { uz: 'Qabul', ru: 'Приём' },
    topic: '01.01',
    topicNames: { uz: 'Roʻyxatdan oʻtish', ru: 'Регистрация' },
    path: WAY,
    choiceNames: choiceNames(demoFlow(), WAY),
    arrivedAt: now - 74_000,
    queuedAt: now - 38_000,
    candidates: [
      {
        id: madeId(4, 1),
        kind: 'person' as const,
        contactOf: [],
        name: 'Gulchehra Abdullayeva',
        calls: 3,
        openAppeals: 1,
        standing: 'calledFrom',
        note: 'Hard of hearing: speak slowly',
      },
      {
        id: madeId(4, 2),
        kind: 'person' as const,
        contactOf: [],
        name: 'Rustam Abdullayev',
        calls: 1,
        openAppeals: 0,
        standing: 'claimed',
        note: '',
      },
    ],
    openAppeals: [
      {
        id: madeId(3, 0),
        number: 'A-2026-000123',
        kind: 'complaint',
        dueOn: addDays(tashkentDay(now), 5),
        citizen: madeId(4, 1),
      },
    ],
    earlier: earlier
      .slice(0, 4)
      .map(({ id, arrivedAt, outcome, topic, agentName }) => ({ id, arrivedAt, outcome, topic, agentName })),
  }
}

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

export function pastAppeals(now: number): AppealCard[] {
  return [4, -2, 0, 9, 15, 1].map((daysLeft, place) =>
    appeal(place, addDays(tashkentDay(now), daysLeft), now),
  )
}

function appeal(place: number, dueOn: `${number}-${number}-${number}`, now: number): AppealCard {
  const registeredOn = addDays(dueOn, -15)
  const text =
    'Ikkinchi hafta davomida shaxsiy kabinetimda roʻyxatdan oʻtish arizam tasdiqlanmayapti. Hujjatlarim toʻliq yuklangan. Iltimos, holatni tekshirib, menga javob bering.'
  return {
    id: madeId(3, place),
    number: `A-2026-00012${place}`,
    kind: (['application', 'complaint', 'proposal'] as const)[place % 3] ?? 'application',
    status: place === 3 ? 'editing' : 'registered',
    track: 'general',
    citizenName: place % 2 === 0 ? 'Gulchehra Abdullayeva' : 'Тимур Рахимов',
    topic: '01.01.02',
    excerpt: text.slice(0, 90),
    registeredOn,
    dueOn,
    text,
    citizen: {
      id: madeId(4, 1),
      name: place % 2 === 0 ? 'Gulchehra Abdullayeva' : 'Тимур Рахимов',
      numbers: ['+998 90 123 45 67'],
      isMinor: false,
    },
    call: { id: madeId(2, 2), arrivedAt: now - 50 * MINUTE_MS },
    receivedAt: now - 50 * MINUTE_MS,
    registeredByName: 'Dilnoza Karimova',
    dueSteps: [
      { text: 'receivedInTime', day: registeredOn, article: 'OʻRQ-445, 23-modda' },
      { text: 'dayZero', day: registeredOn, article: 'OʻRQ-445, 23-modda' },
      { text: 'fifteenDays', day: dueOn, article: 'OʻRQ-445, 28-modda' },
    ],
    ...otherDays(registeredOn, dueOn, FIRST_DEADLINE_RULES),
    ...untouched(madeId(1, 1), 'Dilnoza Karimova', now - 50 * MINUTE_MS),
    ...(place === 3 && movesToEditing(now)),
    ...(place === 0 && { links: [duplicateOf(place + 2)] }),
  }
}

function duplicateOf(place: number): AppealCard['links'][number] {
  return {
    other: { id: madeId(3, place), number: `A-2026-00012${place}`, status: 'registered' },
    flag: 'duplicate',
    accepted: null,
    likeness: 100,
    reasons: ['samePerson', 'sameTopic', 'similarText', 'withinLimit'],
  }
}

/** An appeal that was registered, and nothing more. */
export function untouched(by: string, byName: string, at: number) {
  return {
    version: 1,
    filers: { cosigners: [], representative: null },
    cosignerCount: 0,
    isAnonymous: false,
    underControl: false,
    editedText: null,
    editorName: null,
    incomingNumber: null,
    outcome: null,
    mergedInto: null,
    links: [],
    grants: [],
    moves: [{ place: 1, action: 'register', from: 'draft', to: 'registered', at, by, byName, details: {} }],
    timeline: [{ at, type: 'appealRegistered', actorName: byName, note: null, receipt: null }],
  } satisfies Partial<AppealCard>
}

function movesToEditing(now: number): Pick<AppealCard, 'moves' | 'version' | 'editedText' | 'editorName'> {
  const [registered] = untouched(madeId(1, 1), 'Dilnoza Karimova', now - 50 * MINUTE_MS).moves
  const by = { by: madeId(1, 4), byName: 'Gulnora Rahimova' }
  const details = { kind: 'application' as const, topic: '01.01.02' }
  const editedText = 'Shaxsiy kabinetdagi arizamni tasdiqlashda yordam berishingizni soʻrayman.'
  return {
    version: 4,
    editedText,
    editorName: by.byName,
    moves: [
      ...(registered ? [registered] : []),
      { place: 2, action: 'classify', from: 'registered', to: 'classified', at: now - 3_000, details, ...by },
      { place: 3, action: 'edit', from: 'classified', to: 'editing', at: now - 2_000, details: {}, ...by },
      {
        place: 4,
        action: 'write',
        from: 'editing',
        to: 'editing',
        at: now - 1_000,
        details: { text: editedText },
        ...by,
      },
    ],
  }
}

export function openAlarms(now: number): AlarmRow[] {
  return [
    {
      id: madeId(5, 1),
      kind: 'recordingFailed',
      subject: madeId(2, 5),
      detail: 'The recording is 4.2 s shorter than the talk',
      raisedAt: now - 12 * MINUTE_MS,
      resolvedAt: null,
      resolvedByName: null,
    },
  ]
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

export function prompts(): PromptRow[] {
  return promptsOf(demoFlow()).map(({ language, text }, place) => ({
    key: String(place).padStart(32, '0'),
    language,
    text,
    source: place === 1 ? 'uploaded' : 'spoken',
    seconds: Math.max(1, text.length / 14),
    madeAt: 1_790_000_000_000,
    madeByName: place === 1 ? 'Aziz Nazarov' : null,
  }))
}

export { demoFlow }

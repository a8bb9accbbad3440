/** The people of a scripted day and whoever calls, by the contract's own types. */
import { readFileSync } from 'node:fs'
import type { AlarmRow } from '#contract/alarms.ts'
import type { CallCard, CallerCard } from '#contract/calls.ts'
import type { PromptRow } from '#contract/flows.ts'
import type { Answer, Topic } from '#contract/knowledge.ts'
import type { AgentRow } from '#contract/live.ts'
import type { Me } from '#contract/staff.ts'
import { choiceNames } from '#core/ivr/choice-names.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { promptsOf } from '#core/ivr/spoken.ts'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import { PERMISSIONS, type Role } from '#core/staff/permissions.ts'

export const PASSWORD = 'javob'
const MINUTE_MS = 60_000

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

export const AGENT_NAMES = [
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

export const NUMBERS = [
  '+998 90 123 45 67',
  '+998 93 555 01 22',
  '+998 71 200 10 10',
  '',
  '+998 97 404 40 04',
]

/** Through the menu, of whoever calls. */
export const WAY = ['language:uz', 'menu:1', 'menu:1.1']

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

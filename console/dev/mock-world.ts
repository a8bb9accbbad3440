/** Everything the make-believe server knows, and who listens to it. */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { AlarmRow } from '#contract/alarms.ts'
import type { OutcomeSettings, WrapUpDraft } from '#contract/agents.ts'
import type { AppealCard, RegisterAppeal } from '#contract/appeals.ts'
import type { CallCard, TransferTo, WrapUp } from '#contract/calls.ts'
import type { CourseId } from '#core/lib/ids.ts'
import { LiveMessage } from '#contract/live.ts'
import type { Me } from '#contract/staff.ts'
import type { AgentTimeRules } from '#core/calls/agent-time.ts'
import type { CalendarCard } from '#contract/calendar.ts'
import { formOfRules } from '#core/deadlines/calendar-form.ts'
import { appealClock, FIRST_DEADLINE_RULES } from '#core/deadlines/appeal-clock.ts'
import { DEFAULT_OUTCOMES } from '#core/calls/outcomes.ts'
import { tashkentDay } from '#core/lib/time.ts'
import type { CallbackRow } from '#contract/callbacks.ts'
import { mockChat, saidInChat } from './mock-chat.ts'
import { demoRules, type KeptRules } from './mock-agents.ts'
import { mockCitizens } from './mock-citizens.ts'
import { agentRows, callerCard, madeId, openAlarms, prompts, STAFF, TOPICS } from './mock-data.ts'
import { pastAppeals, untouched } from './mock-past-appeals.ts'
import { callbackRows, pastCalls } from './mock-past-calls.ts'
import { mockDays } from './mock-days.ts'
import { mockClassifiers } from './mock-classifier.ts'
import { mockFlows } from './mock-flows.ts'
import { mockMessages } from './mock-messages.ts'
import { mockPortal } from './mock-portal.ts'
import { mockSetUp } from './mock-set-up.ts'
import { mockTrunks } from './mock-trunks.ts'
import { type MockDesk, mockDesk } from './mock-desk.ts'
import { mockPapers } from './mock-papers.ts'
import type { Kept } from './mock-people.ts'
import { mockKnowledge } from './mock-knowledge.ts'
import { mockLearning } from './mock-learning.ts'
import { mockScripts } from './mock-scripts.ts'
import { mockSigning } from './mock-signing.ts'
import { mockQueues } from './mock-queues.ts'

export type MockWorld = ReturnType<typeof mockWorld>

export function mockWorld() {
  const startedAt = Date.now()
  const staff = STAFF.map((me) => ({ ...me }))
  const signIns = new Map<string, string>()
  const listeners = new Set<{ staff: Me; response: ServerResponse }>()
  const desks = new Map<string, MockDesk>()
  const calls: CallCard[] = pastCalls(startedAt)
  const appeals: AppealCard[] = pastAppeals(startedAt)
  const alarms: AlarmRow[] = openAlarms(startedAt)
  const callbacks: CallbackRow[] = callbackRows(startedAt)
  const wrappedUp: { call: string; wrapUp: WrapUp }[] = []
  const digits: string[] = []
  const chat = mockChat(startedAt, staff)

  const staffOf = (token: string | undefined) => staff.find(({ id }) => id === signIns.get(token ?? ''))

  function say(message: LiveMessage, hears: (me: Me) => boolean): void {
    const text = `data: ${JSON.stringify(LiveMessage.parse(message))}\n\n`
    for (const { staff: me, response } of listeners) if (hears(me)) response.write(text)
  }

  /** To everybody what he may know of it. */
  function tell(messageFor: (me: Me) => LiveMessage | undefined): void {
    for (const { staff: me, response } of listeners) {
      const message = messageFor(me)
      if (message) response.write(`data: ${JSON.stringify(LiveMessage.parse(message))}\n\n`)
    }
  }

  function desk(agent: Me): MockDesk {
    const known = desks.get(agent.id)
    if (known) return known
    const made = mockDesk({
      rules: () => world.rules,
      changed: (now) => say({ type: 'desk', desk: now }, ({ id }) => id === agent.id),
      leftOpen: (call) => void world.toClassify.push({ call, agent: agent.id }),
    })
    desks.set(agent.id, made)
    return made
  }

  const rows = agentRows(startedAt)
  const wallboard = () => ({
    agents: rows,
    waiting: [
      {
        queue: 'admission',
        queueNames: { uz: 'Qabul', ru: 'Приём' },
        count: 3,
        longestSince: startedAt - 41_000,
      },
      {
        queue: 'results',
        queueNames: { uz: 'Natijalar', ru: 'Результаты' },
        count: 1,
        longestSince: startedAt - 8_000,
      },
    ],
    callsInProgress: 7,
    callbacks: callbacks.filter(({ endedAt }) => endedAt === null).length,
    openAlarms: alarms.filter(({ resolvedAt }) => resolvedAt === null).length,
  })

  function agentCalled(login: string): MockDesk {
    const agent = staff.find((one) => one.login === login)
    if (!agent) throw new Error(`Nobody is called ${login}`)
    return desk(agent)
  }

  const world = {
    staff,
    rules: demoRules() as { -readonly [Rule in keyof AgentTimeRules]: AgentTimeRules[Rule] },
    keptRules: { changedAt: null, earlier: [] } as KeptRules,
    outcomes: {
      changedAt: null,
      outcomes: DEFAULT_OUTCOMES.map(({ outcome }) => ({ outcome, names: null, isOffered: true })),
    } as OutcomeSettings,
    toClassify: [] as { call: string; agent: string }[],
    drafts: new Map<string, WrapUpDraft>(),
    agentRows: rows,
    /** What a supervisor ordered, as the address says it. */
    orders: [] as string[],
    signIns,
    listeners,
    calls,
    callbacks,
    appeals,
    papers: mockPapers(startedAt),
    signing: mockSigning(),
    messages: mockMessages(),
    calendar: firstCalendar(),
    alarms,
    wrappedUp,
    handedTo: [] as TransferTo[],
    digits,
    prompts: prompts(),
    queues: mockQueues(),
    learning: mockLearning(),
    scripts: mockScripts(),
    people: new Map<string, Kept>(),
    knowledge: mockKnowledge(),
    citizens: mockCitizens(startedAt),
    topics: TOPICS,
    chat,
    chatSaid: (said: Parameters<typeof saidInChat>[1]) => saidInChat({ chat, staff, tell }, said),
    classifiers: mockClassifiers(),
    flows: mockFlows(),
    portal: mockPortal(Date.now()),
    setUp: mockSetUp(),
    trunks: mockTrunks(),
    staffOf,
    desk,
    wallboard,
    say,

    signIn(me: Me): string {
      const token = randomUUID()
      signIns.set(token, me.id)
      return token
    },

    /** The agent is asked to call somebody back. */
    offerCallback(login: string): void {
      agentCalled(login).offer(callerCard(randomUUID(), Date.now(), calls), { callback: true })
    },

    /** A citizen reaches the agent; returns the call. */
    ring(login: string, change: Partial<ReturnType<typeof callerCard>> = {}): string {
      const call = randomUUID()
      agentCalled(login).offer({ ...callerCard(call, Date.now(), calls), ...change })
      return call
    },
    agent: agentCalled,

    /** An administrator has a queue ask for it from now on, and agents hear of it. */
    requireCourse(queue: string, course: number): void {
      const versions = world.queues.rows.find((row) => row.queue === queue)?.versions
      const newest = versions?.[0]
      if (!versions || !newest) throw new Error(`No queue is called ${queue}`)
      const form = { ...newest.form, courses: [course as CourseId] }
      versions.unshift({ ...newest, version: newest.version + 1, form })
      say({ type: 'learningChanged' }, () => true)
    },

    /** A colleague asks the agent into his call. */
    askForHelp(login: string, askedBy: string): void {
      agentCalled(login).offer(callerCard(randomUUID(), Date.now(), calls), { askedBy })
    },

    registerAppeal(me: Me, asked: RegisterAppeal): AppealCard {
      const registeredOn = tashkentDay(Date.now())
      const { dueOn, steps } = appealClock(
        { kind: asked.kind, track: 'general', receivedAt: Date.now(), registeredOn, grants: [] },
        FIRST_DEADLINE_RULES,
      )
      const isAnonymous = 'anonymous' in asked.citizen
      const known = isAnonymous ? 'Anonim' : 'Gulchehra Abdullayeva'
      const name = 'name' in asked.citizen ? asked.citizen.name : known
      const made: AppealCard = {
        id: madeId(3, appeals.length + 100),
        number: `A-2026-${String(appeals.length + 200).padStart(6, '0')}`,
        kind: asked.kind,
        status: 'registered',
        citizenName: name,
        topic: asked.topic,
        excerpt: asked.text.slice(0, 100),
        registeredOn,
        dueOn,
        track: 'general',
        text: asked.text,
        citizen: { id: randomUUID(), name, numbers: [], isMinor: false },
        call: asked.call ? { id: asked.call, arrivedAt: Date.now() } : null,
        receivedAt: Date.now(),
        registeredByName: me.name,
        dueSteps: [...steps],
        ...mockDays(registeredOn, dueOn),
        next: dueOn === null ? null : { duty: 'reply', dueOn },
        ...untouched(me.id, me.name, Date.now()),
        isAnonymous,
        telephone: asked.telephone ?? null,
      }
      appeals.unshift(made)
      say({ type: 'appealChanged', appeal: made.id }, ({ may }) => may.includes('seeAppeals'))
      return made
    },
  }
  return world
}

function firstCalendar(): CalendarCard {
  const { days, ...form } = formOfRules(FIRST_DEADLINE_RULES)
  const copied = days.map((day) => ({ ...day, weeks: [...day.weeks] }))
  return { version: 0, form: { ...form, days: copied }, savedAt: null, savedByName: null }
}

/** What the calls module can do: built once by main.ts, used by routes and by other modules. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallCard, CallerCard, CallRow, Candidate, Desk as DeskView } from '#contract/calls.ts'
import type { Wallboard } from '#contract/live.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import { adoptStanding } from './adoption.ts'
import { agentSide } from './agent-side.ts'
import { callCard } from './call-card.ts'
import type { Prompts } from './citizen-side.ts'
import { type Clock, systemClock } from './clock.ts'
import { conductor } from './conductor.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { Desk } from './desk.ts'
import type { CallEvent, RecordedCallEvent } from './events.ts'
import { openJournal } from './journal.ts'
import type { LiveCall } from './live-call.ts'
import { liveHub } from './live.ts'
import type { MediaEngine, MediaEvent } from './ports.ts'
import { type ProjectionHooks, writeEvents } from './projection.ts'
import { type CallsFilter, earlierCalls, findCallAgent, listCalls, listQueueNames, listTrunks } from './store.ts'
import { wallboardOf } from './wallboard.ts'

/** Live screens are told of a call at most this often, however much happens to it. */
const CALL_CHANGED_EVERY_MS = 250
const WALLBOARD_EVERY_MS = 1_000

export type CallServiceDeps = {
  db: Kysely<Database>
  log: Logger
  node: string
  media: MediaEngine
  prompts: Prompts
  journalFolder: string
  clock?: Clock
  flow(): Flow
  /** From memory. */
  topicNames(topic: string): Texts | null
  agentProfile(agent: AgentId): Promise<AgentProfile | undefined>
  candidates(e164: string): Promise<Candidate[]>
  openAlarms(): Promise<number>
  alarm(kind: string, subject: string, detail: string): Promise<void>
  hooks: ProjectionHooks
}

export type CallService = ReturnType<typeof callService>

export function callService(deps: CallServiceDeps) {
  const { db, log } = deps
  const clock = deps.clock ?? systemClock
  const hub = liveHub(log)
  const changedCalls = new Set<CallId>()
  let isWallboardStale = false
  let queueNames = new Map<string, Texts>()

  const journal = openJournal(
    deps.journalFolder,
    {
      async write(events) {
        await writeEvents(db, events, deps.hooks)
        for (const event of events) if ('call' in event) changedCalls.add(event.call)
      },
      isAway: isDatabaseAway,
      rejected: (event: RecordedCallEvent) => deps.alarm('eventRejected', event.key, `An event ${event.type} could not be written`),
    },
    log,
    clock.now(),
  )

  const stage = conductor({
    ...deps,
    clock,
    append: (event: CallEvent) => journal.append(event, clock.now()),
    deskChanged(desk) {
      isWallboardStale = true
      hub.toStaff(desk.agent, { type: 'desk', desk: view(desk) })
    },
    lookUpCaller(desk, call) {
      desk.caller = basicCard(call)
      void fillCard(desk, call, desk.caller)
    },
    agentLeft: () => undefined,
  })
  const agents = agentSide(stage)

  function basicCard(call: LiveCall): CallerCard {
    const { caller } = call
    return {
      call: call.id,
      number: displayNumber(caller.e164 ?? caller.raw),
      numberConfidence: caller.confidence,
      callerName: caller.name ?? '',
      language: call.language,
      queue: call.queue ?? '',
      queueNames: queueNames.get(call.queue ?? '') ?? { uz: call.queue ?? '', ru: call.queue ?? '' },
      topic: call.topic ?? null,
      topicNames: call.topic ? deps.topicNames(call.topic) : null,
      path: [...(call.run?.path ?? [])],
      arrivedAt: call.arrivedAt,
      queuedAt: call.queuedAt ?? call.arrivedAt,
      candidates: [],
      earlier: [],
    }
  }

  /** The database's part of the card; the offer rings with or without it. */
  async function fillCard(desk: Desk, call: LiveCall, card: CallerCard): Promise<void> {
    const { e164 } = call.caller
    if (!e164) return
    try {
      const [candidates, earlier] = await Promise.all([deps.candidates(e164), earlierCalls(db, e164, new Date(call.arrivedAt))])
      if (desk.caller !== card) return
      desk.caller = { ...card, candidates, earlier }
      stage.deps.deskChanged(desk)
    } catch (error) {
      log.warn({ call: call.id, error: String(error) }, 'the caller could not be looked up')
    }
  }

  function view(desk: Desk): DeskView {
    return {
      status: desk.status,
      breakReason: desk.breakReason ?? null,
      statusSince: desk.statusSince,
      line: desk.line,
      offer: desk.offer ?? null,
      call: desk.call ? { ...desk.call, endedAt: desk.call.endedAt ?? null } : null,
      caller: desk.caller ?? null,
      serverTime: clock.now(),
    }
  }

  async function wallboard(): Promise<Wallboard> {
    return wallboardOf(stage, await deps.openAlarms())
  }

  /** Puts our picture right after the engine or its connection was away. */
  function reconcile(): void {
    adoptStanding(stage, { db, profile: deps.agentProfile, drained: () => journal.drained() }).catch((error: unknown) =>
      log.error({ error: String(error) }, 'what stands at the engine could not be adopted'),
    )
  }

  const callsTimer = setInterval(() => {
    for (const call of changedCalls) void tellChanged(call)
    if (changedCalls.size > 0) isWallboardStale = true
    changedCalls.clear()
  }, CALL_CHANGED_EVERY_MS)
  const wallboardTimer = setInterval(() => {
    if (!isWallboardStale || !hub.hasReaders()) return
    isWallboardStale = false
    wallboard().then(
      (board) => hub.toThoseWhoSeeAgents({ type: 'wallboard', wallboard: board }),
      (error: unknown) => log.warn({ error: String(error) }, 'the wallboard could not be drawn'),
    )
  }, WALLBOARD_EVERY_MS)

  async function tellChanged(call: CallId): Promise<void> {
    if (!hub.hasReaders()) return
    try {
      const agent = await findCallAgent(db, call)
      hub.toThoseWhoSeeCall((agent ?? null), { type: 'callChanged', call })
    } catch (error) {
      log.warn({ call, error: String(error) }, 'a change could not be told')
    }
  }

  return {
    ...agents,
    hub,
    journal,
    wallboard,
    onMedia(event: MediaEvent): void {
      stage.onMedia(event)
      if (event.type === 'engineBack') reconcile()
    },

    /** Replays the journal. To be called before any event of the engine is let in. */
    async prepare(): Promise<void> {
      queueNames = await listQueueNames(db)
      await journal.start()
    },

    /** Takes over what the engine still has standing. */
    adopt: () => adoptStanding(stage, { db, profile: deps.agentProfile, drained: () => journal.drained() }),

    desk(agent: AgentId): DeskView {
      const desk = stage.book.desks.get(agent)
      if (desk) return view(desk)
      const nothing = { breakReason: null, offer: null, call: null, caller: null }
      return { ...nothing, status: 'signedOut', statusSince: clock.now(), line: 'down', serverTime: clock.now() }
    },

    async signOnAgent(agent: AgentId): Promise<void> {
      const profile = await deps.agentProfile(agent)
      if (profile) agents.signOn(profile)
    },

    trunks: () => listTrunks(db),
    listCalls: (filter: CallsFilter): Promise<CallRow[]> => listCalls(db, filter),
    callCard: (call: CallId): Promise<CallCard | undefined> => callCard(db, call),
    /** Whose call it is: undefined if there is no such call, null if nobody's. */
    agentOfCall: (call: CallId): Promise<AgentId | null | undefined> => findCallAgent(db, call),

    async stop(): Promise<void> {
      clearInterval(callsTimer)
      clearInterval(wallboardTimer)
      hub.close()
      await journal.stop()
    },
  }
}

/** PostgreSQL's classes 08 (connection), 53 (resources), 57 (shutting down, crashed) and 40 (try again), or no answer at all. */
function isDatabaseAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(08|53|57|40)/.test(code)) return true
  return code === '' || /^E[A-Z]+$/.test(code)
}

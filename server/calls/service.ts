/** What the calls module can do: built once, used by routes and by other modules. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallCard, CallRow, Desk as DeskView, TransferTargets } from '#contract/calls.ts'
import type { Wallboard } from '#contract/live.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { AgentId, CallId, QueueId, TrunkId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { QueueSettings } from '#core/routing/queue-settings.ts'
import type { Database } from '../database/schema.ts'
import { type CallbackService, callbackService } from '../callbacks/service.ts'
import type { AgentProfile } from '../staff/service.ts'
import { isDatabaseAway } from '../database/away.ts'
import { writtenKeys } from '../database/event-log.ts'
import { adoptStanding } from './adoption.ts'
import { AgentSide } from './agent-side.ts'
import { callCard } from './call-card.ts'
import { type CallerCardDeps, CallerCards } from './caller-card.ts'
import type { Prompts } from './citizen-side.ts'
import { type Clock, systemClock } from './clock.ts'
import { Conductor } from './conductor.ts'
import type { CallEvent, CitizenLostByUs, RecordedCallEvent } from './events.ts'
import { Dialling } from './dialling.ts'
import { Journal } from './journal.ts'
import { LateAlarms } from './late-alarms.ts'
import type { CameBy } from './lost-by-us.ts'
import { REPEAT_WITHIN_MS } from './last-agents.ts'
import type { LiveHub } from './live.ts'
import { deskView, LiveView } from './live-view.ts'
import type { MediaEngine, MediaEvent } from './ports.ts'
import { Promises } from './promises.ts'
import { Shifts } from './shifts.ts'
import { SupervisorSide } from './supervisor-side.ts'
import { type ProjectionHooks, writeEvents } from './projection.ts'
import { type CallsFilter, findCallAgents, listCalls, listTrunks, talksSince } from './store.ts'
import { TalkSide } from './talk-side.ts'
import { transferTargets } from './transfer-targets.ts'
import { TrunkBook, type TrunkFacts } from './trunk-book.ts'
import { wallboardOf } from './wallboard.ts'
import { WriterReplaced, WriterToken } from './writer-token.ts'

export { insertBreaks } from './agent-time-store.ts'

export type CallServiceDeps = CallerCardDeps & {
  db: Kysely<Database>
  log: Logger
  node: string
  media: MediaEngine
  prompts: Prompts
  journalFolder: string
  clock?: Clock
  flow(): Flow
  /** What those who wait in a queue are told besides their place; from memory. */
  information(queue: QueueId): readonly Texts[]
  /** Whether the engine knows where to send a call that goes out through this trunk. */
  hasWayOut(trunk: TrunkFacts): boolean
  agentProfiles(): Promise<AgentProfile[]>
  agentProfile(agent: AgentId): Promise<AgentProfile | undefined>
  queueSettings(): Promise<readonly QueueSettings[]>
  openAlarms(): Promise<number>
  alarm(kind: string, subject: string, detail: string): Promise<void>
  hooks: ProjectionHooks
  /** Asks whether this server is the one that commands the engine. */
  stillCommands(): Promise<boolean>
}

const JOURNAL_ALARMS = { notKept: 'journalNotKept', tooMuch: 'journalTooLong' } as const

export class CallService {
  /** What an agent can ask for at the desk. */
  readonly agents: AgentSide
  readonly callbacks: CallbackService
  readonly promises: Promises
  readonly dialling: Dialling
  readonly supervisors: SupervisorSide
  readonly shifts: Shifts
  /** What he can ask for with the call he has: somebody else in it, or in his stead. */
  readonly talks: TalkSide
  readonly #deps: CallServiceDeps
  readonly #clock: Clock
  readonly #journal: Journal
  readonly #cards: CallerCards
  readonly #view: LiveView
  readonly #stage: Conductor
  readonly #writer: WriterToken
  readonly #trunks: TrunkBook
  readonly #lateAlarms: LateAlarms
  #adopting: Promise<void> = Promise.resolve()

  constructor(deps: CallServiceDeps) {
    const { db, log } = deps
    this.#deps = deps
    this.#clock = deps.clock ?? systemClock
    const now = () => this.#clock.now()
    this.#view = new LiveView({ db, log, now, wallboard: () => this.wallboard() })
    this.#writer = new WriterToken(deps.node)
    this.#lateAlarms = new LateAlarms(deps.alarm, log)
    this.#journal = this.#openJournal()
    const append = (event: CallEvent) => this.#journal.append(event, now())
    this.dialling = new Dialling({ db, log, agents: deps.agentProfiles, own: () => this.#trunks.own })
    this.#trunks = new TrunkBook(deps.hasWayOut, () => this.dialling.rules)
    const mayDial = (number: string) => this.#trunks.mayCallBack(number)
    this.callbacks = callbackService({ ...deps, append, clock: this.#clock, mayDial })
    const hasWayOut = (trunk: TrunkId) => this.#trunks.hasWayOut(trunk)
    this.promises = new Promises({ db, clock: this.#clock, callbacks: this.callbacks, hasWayOut })
    this.#cards = new CallerCards(deps, (desk) => this.#view.deskChanged(desk))
    this.#stage = this.#openStage()
    this.agents = new AgentSide(this.#stage)
    this.supervisors = new SupervisorSide(this.#stage, this.agents)
    const { book } = this.#stage
    const changed = () => this.hub.toEverybody({ type: 'choicesChanged', of: 'agentTime' })
    this.shifts = new Shifts({
      db,
      log,
      now,
      book,
      agents: this.agents,
      profiles: deps.agentProfiles,
      changed,
    })
    this.talks = new TalkSide(this.#stage)
  }

  get hub(): LiveHub {
    return this.#view.hub
  }

  /** Learns how queues are served, and replays the journal. To be called before any event of the engine is let in. */
  async prepare(): Promise<void> {
    const { db, queueSettings } = this.#deps
    await Promise.all([
      this.#cards.prepare(),
      queueSettings().then((queues) => this.queuesChanged(queues)),
      this.#trunks.load(db).then(() => this.dialling.prepare()),
      this.shifts.prepare(),
      this.#writer.take(db),
    ])
    await this.#journal.start()
    await this.callbacks.load()
    const lately = new Date(this.#clock.now() - REPEAT_WITHIN_MS)
    for (const { caller, ...talk } of await talksSince(this.#deps.db, lately))
      this.#stage.lastAgents.talked(caller, talk)
  }

  /** Takes over what the engine still has standing. */
  async adopt(): Promise<void> {
    const { agentProfiles, db } = this.#deps
    const sources = { db, profiles: agentProfiles, drained: () => this.#journal.drained() }
    const adopt = () => adoptStanding(this.#stage, sources)
    // One after another, whatever became of the one before: two pictures at once would close a call twice.
    this.#adopting = this.#adopting.then(adopt, adopt)
    await this.#adopting
  }

  onMedia(event: MediaEvent): void {
    this.#stage.onMedia(event)
    if (event.type === 'engineBack') this.#reconcile()
  }

  /** Something about a call was written elsewhere, e.g. its recording: screens that show it look again. */
  callChanged(call: CallId): void {
    this.#view.callChanged(call)
  }

  /** Settings of queues were saved: they hold at once, also for who waits. */
  queuesChanged(queues: readonly QueueSettings[]): void {
    this.#stage.routing.route({ type: 'queuesChanged', queues })
    this.#cards.prepare().catch((error: unknown) => {
      this.#deps.log.warn({ error: String(error) }, 'names of queues could not be read anew')
    })
  }

  /** What agents can be asked for has changed: those at their desks are asked by it from now on. */
  agentsChanged(profiles: readonly AgentProfile[]): void {
    for (const profile of profiles) this.agents.profileChanged(profile)
  }

  /** Somebody was changed who may be at a desk. Whoever takes calls no more is signed out by whoever changed him. */
  async agentChanged(agent: AgentId): Promise<void> {
    try {
      const profile = await this.#deps.agentProfile(agent)
      if (profile) this.agentsChanged([profile])
    } catch (error) {
      this.#deps.log.warn(
        { agent, error: String(error) },
        'a changed agent is asked as before until he signs on anew',
      )
    }
  }

  /** Whoever is at a desk may be asked for other queues than before. */
  async allAgentsChanged(): Promise<void> {
    try {
      this.agentsChanged(await this.#deps.agentProfiles())
    } catch (error) {
      this.#deps.log.warn({ error: String(error) }, 'agents are asked as before until they sign on anew')
    }
  }

  desk(agent: AgentId): DeskView {
    return deskView(this.#stage.book.desks.get(agent), this.#clock.now())
  }

  /** Callers in it, also those who ring or talk and may be back, and citizens who are to be called back from it. */
  hasWaiting(queue: QueueId): boolean {
    const isHere = [...this.#stage.calls.values()].some((call) => call.queue === queue)
    return isHere || this.callbacks.book.isOwedFrom(queue)
  }

  hasQueue(queue: QueueId): boolean {
    return this.#cards.allQueueNames().has(queue)
  }

  /** To whom this agent could give a call, or whom he could ask. */
  transferTargets(agent: AgentId, mayCallOutside: boolean): TransferTargets {
    const queueNames = this.#cards.allQueueNames()
    return transferTargets(this.#stage, {
      agent,
      queueNames,
      dialling: mayCallOutside ? this.dialling.rules : null,
    })
  }

  async signOnAgent(agent: AgentId): Promise<void> {
    const profile = await this.#deps.agentProfile(agent)
    if (profile) this.agents.signOn(profile)
  }

  async wallboard(): Promise<Wallboard> {
    const openAlarms = await this.#deps.openAlarms()
    return wallboardOf(this.#stage, { openAlarms, queueNames: (queue) => this.#cards.queueNames(queue) })
  }

  /** Trunks were changed: whom they reach outside, and how numbers are written there. */
  async trunksChanged(): Promise<void> {
    await this.#trunks.load(this.#deps.db)
  }

  async trunks() {
    return await listTrunks(this.#deps.db)
  }

  async listCalls(filter: CallsFilter): Promise<CallRow[]> {
    return await listCalls(this.#deps.db, filter)
  }

  async callCard(call: CallId): Promise<CallCard | undefined> {
    return await callCard(this.#deps.db, call)
  }

  /** Who has or had a part in it; undefined if there is no such call. */
  async agentsOfCall(call: CallId): Promise<readonly AgentId[] | undefined> {
    return await findCallAgents(this.#deps.db, call)
  }

  async stop(): Promise<void> {
    this.#view.stop()
    await this.#journal.stop()
    this.#lateAlarms.stop()
  }

  #openJournal(): Journal {
    const { alarm, journalFolder, log, node } = this.#deps
    const writer = {
      write: async (events: readonly RecordedCallEvent[]) => {
        await this.#write(events)
        for (const event of events) {
          if ('call' in event) this.#view.callChanged(event.call)
          if (event.type === 'callbackPromised' || event.type === 'callbackMoved')
            this.#view.callbacksChanged()
        }
      },
      written: (keys: readonly string[]) => writtenKeys(this.#deps.db, keys),
      isAway: (error: unknown) => error instanceof WriterReplaced || isDatabaseAway(error),
      trouble: (what: 'notKept' | 'tooMuch', detail: string) =>
        this.#lateAlarms.raise(JOURNAL_ALARMS[what], node, detail),
      rejected: (event: RecordedCallEvent) =>
        alarm('eventRejected', event.key, `An event ${event.type} could not be written`),
    }
    return new Journal(journalFolder, writer, log, { startedAt: this.#clock.now() })
  }

  async #write(events: readonly RecordedCallEvent[]): Promise<void> {
    const { db, hooks, stillCommands } = this.#deps
    try {
      await writeEvents(db, events, hooks, (trx) => this.#writer.check(trx))
    } catch (error) {
      // Whoever took the number may have lost the engine since. While we command it, the calls are ours to write.
      if (error instanceof WriterReplaced && (await stillCommands())) await this.#writer.take(db)
      throw error
    }
  }

  /** Who had not got as far as a queue calls again himself, or is called by a person. */
  #callBackAfterLoss(lost: CitizenLostByUs, { trunk, did, topic }: CameBy): boolean {
    const { call, language, number, queue, since } = lost
    if (!number || !queue || !this.#trunks.hasWayOut(trunk)) return false
    const from = { trunk, did, ...(topic && { topic }), priority: 0 }
    const verdict = this.callbacks.callBackAfterLoss({ call, number, queue, language, since, ...from })
    return verdict === 'callable' || verdict === 'promisedBefore'
  }

  #openStage(): Conductor {
    const { flow, information, log, media, node, prompts } = this.#deps
    return new Conductor({
      node,
      media,
      prompts,
      clock: this.#clock,
      log,
      flow,
      information,
      canCallBack: (trunk) => this.#trunks.hasWayOut(trunk),
      callbacks: this.callbacks.book,
      numberFormat: (trunk) => this.#trunks.numberFormat(trunk),
      agentTime: () => this.shifts.rules,
      mayDial: (typed) => this.#trunks.mayDial(typed),
      append: (event) => this.#journal.append(event, this.#clock.now()),
      deskChanged: (desk) => this.#view.deskChanged(desk),
      lookUpCaller: (desk, call) => this.#cards.lookUp(desk, call),
      callBackAfterLoss: (lost, by) => this.#callBackAfterLoss(lost, by),
    })
  }

  /** Puts our picture right after the engine or its connection was away. */
  #reconcile(): void {
    this.adopt().catch((error: unknown) =>
      this.#deps.log.error({ error: String(error) }, 'what stands at the engine could not be adopted'),
    )
  }
}

/**
 * The versions of flows: one draft that is worked on, one that calls walk, one that they will walk from a moment on,
 * and those of earlier times. What is published or scheduled has been checked and all it says has been spoken, so that
 * the next call can walk it without waiting; flows-in-force.ts says which that is.
 */
import type { Kysely, Transaction } from 'kysely'
import type { FlowCard, FlowRow } from '#contract/flows.ts'
import { checkFlow, type Known } from '#core/ivr/check-flow.ts'
import { checkSounds } from '#core/ivr/check-sounds.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowProblem } from '#core/ivr/flow-problems.ts'
import { judgeDate } from '#core/ivr/flow-status.ts'
import { promptsOf } from '#core/ivr/spoken.ts'
import type { FlowId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import {
  type Alarm,
  flowsInForce,
  type FlowsInForceDeps,
  retireCurrent,
  settleDue,
} from './flows-in-force.ts'
import type { PromptService } from './prompt-service.ts'
import { promptKey } from './prompts.ts'
import {
  deleteDraft,
  findFlow,
  findOnly,
  insertVersion,
  listFlows,
  listQueueIds,
  listTopicCodes,
  lockVersions,
  newestVersion,
  setStatus,
  updateDraft,
} from './store.ts'

export { INFORMATION } from './waiting-information.ts'

type Trx = Transaction<Database>

/** The flow that calls walk unless a trunk names another. */
export const MAIN_FLOW = 'main' as FlowId

/** A draft is kept at once; what has not been spoken within this is told as missing, and spoken meanwhile. */
const SPOKEN_WITHIN_MS = 10_000

export class FlowHasProblems extends Refusal {
  readonly problems: readonly FlowProblem[]

  constructor(problems: readonly FlowProblem[]) {
    super('flowHasProblems', `The flow has ${problems.length} problems, first: ${problems[0]?.message}`)
    this.problems = problems
  }
}

export type FlowServiceDeps = FlowsInForceDeps & {
  prompts: Pick<PromptService, 'prepareFlow' | 'missingSounds'>
}

export type FlowService = ReturnType<typeof flowService>

export function flowService(deps: FlowServiceDeps) {
  const { db } = deps
  const inForce = flowsInForce(deps)
  const checks = checksOf(deps)

  async function card(flow: FlowId, version: number): Promise<FlowCard> {
    const found = await findFlow(db, flow, version)
    if (!found) throw new Refusal('notFound', `No version ${version} of flow ${flow}`)
    return { ...found, problems: await checks.problemsOf(found.body) }
  }

  return {
    list: (): Promise<FlowRow[]> => listFlows(db),
    card,
    ...inForce,
    ...drafts(deps, checks, card),
    ...publishing(deps, checks, inForce),
  }
}

type Checks = ReturnType<typeof checksOf>

function checksOf({ db, log, prompts }: FlowServiceDeps) {
  const known = async (reader: Kysely<Database>): Promise<Known> => ({
    queues: await listQueueIds(reader),
    topics: await listTopicCodes(reader),
    languages: CALL_LANGUAGES,
  })

  /** Speaks what can be spoken; what cannot is found by problemsOf. */
  async function speak(body: Flow): Promise<void> {
    await prompts.prepareFlow(body).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'some texts of a flow could not be spoken')
    })
  }

  async function problemsOf(body: Flow, reader: Kysely<Database> = db): Promise<FlowProblem[]> {
    const missing = new Set((await prompts.missingSounds(promptsOf(body))).map(promptKey))
    return [
      ...checkFlow(body, await known(reader)),
      ...checkSounds(body, (say) => !missing.has(promptKey(say))),
    ]
  }

  return { speak, problemsOf }
}

function drafts(
  { db, clock }: FlowServiceDeps,
  checks: Checks,
  card: (flow: FlowId, version: number) => Promise<FlowCard>,
) {
  return {
    /** `basedOn`: when the draft was saved that its author has seen, so that nobody's work is written over unseen. */
    async saveDraft(
      flow: FlowId,
      { basedOn, body }: { basedOn: number | null; body: Flow },
      by: StaffId,
    ): Promise<FlowCard> {
      const version = await changing(db, flow, async (trx) => {
        const draft = await findOnly(trx, flow, 'draft')
        if ((draft?.savedAt ?? null) !== basedOn)
          throw new Refusal('changedMeanwhile', 'Somebody else has saved a draft')
        const number = draft?.version ?? (await newestVersion(trx, flow)) + 1
        // Two savings within a millisecond would have the same moment, and the second author would not see the first.
        const at = Math.max(clock.now(), (draft?.savedAt ?? 0) + 1)
        const saved = { flow, version: number, body, by, at }
        await (draft ? updateDraft(trx, saved) : insertVersion(trx, saved, 'draft'))
        await record<IvrEvent>(trx, { type: 'flowSaved', flow, version: number, by })
        return number
      })
      await soon(checks.speak(body), clock)
      return await card(flow, version)
    },

    async discardDraft(flow: FlowId, basedOn: number, by: StaffId): Promise<FlowRow[]> {
      await changing(db, flow, async (trx) => {
        const { version } = await seenDraft(trx, flow, basedOn)
        await deleteDraft(trx, flow)
        await record<IvrEvent>(trx, { type: 'flowDraftDiscarded', flow, version, by })
      })
      return await listFlows(db)
    },
  }
}

function publishing(deps: FlowServiceDeps, checks: Checks, inForce: ReturnType<typeof flowsInForce>) {
  const { clock, db, log } = deps

  async function refuseFaults(body: Flow, reader?: Trx): Promise<void> {
    const problems = await checks.problemsOf(body, reader)
    if (problems.length > 0) throw new FlowHasProblems(problems)
  }

  async function done(flow: FlowId): Promise<FlowRow[]> {
    await inForce.reload(flow)
    return await listFlows(db)
  }

  return {
    async publish(
      flow: FlowId,
      { basedOn, from }: { basedOn: number; from: Instant | null },
      by: StaffId,
    ): Promise<FlowRow[]> {
      refuseDate(from, clock.now())
      const { body } = await seenDraft(db, flow, basedOn)
      await checks.speak(body)
      await changing(db, flow, async (trx) => {
        const { version } = await seenDraft(trx, flow, basedOn)
        await refuseFaults(body, trx)
        await takeEffect(trx, { flow, version, from, by, now: clock.now() })
      })
      log.info({ flow, by, from }, 'a flow was published')
      return await done(flow)
    },

    /** The way back from a mistake: an older version as the newest one, if it still makes sense. */
    async restore(
      flow: FlowId,
      { version: restored, from }: { version: number; from: Instant | null },
      by: StaffId,
    ): Promise<FlowRow[]> {
      refuseDate(from, clock.now())
      const old = await findFlow(db, flow, restored)
      if (old?.status !== 'retired')
        throw new Refusal('notFound', `No retired version ${restored} of flow ${flow}`)
      const { body } = old
      await checks.speak(body)
      await changing(db, flow, async (trx) => {
        await refuseFaults(body, trx)
        const version = (await newestVersion(trx, flow)) + 1
        const now = clock.now()
        // Beside a draft that somebody works on: it is itself no draft at any moment.
        await insertVersion(trx, { flow, version, body, by, at: now, restored }, 'retired')
        await takeEffect(trx, { flow, version, from, by, now, restored })
      })
      log.info({ flow, by, from, restored }, 'a version of a flow was brought back')
      return await done(flow)
    },

    /** What was scheduled is taken back before its moment. */
    async withdraw(flow: FlowId, by: StaffId): Promise<FlowRow[]> {
      await changing(db, flow, async (trx) => {
        await settleDue(trx, flow, clock.now())
        const scheduled = await findOnly(trx, flow, 'scheduled')
        if (!scheduled) throw new Refusal('wrongStatus', `Nothing is scheduled for flow ${flow}`)
        const { version } = scheduled
        await setStatus(trx, { flow, version }, { status: 'retired', published: null })
        await record<IvrEvent>(trx, { type: 'flowWithdrawn', flow, version, by })
      })
      return await done(flow)
    },
  }
}

type Effect = {
  flow: FlowId
  version: number
  from: Instant | null
  by: StaffId
  now: Instant
  restored?: number
}

async function takeEffect(trx: Trx, { flow, version, from, by, now, restored }: Effect): Promise<void> {
  await settleDue(trx, flow, now)
  const why = restored === undefined ? {} : { restored }
  if (from === null) {
    await retireCurrent(trx, flow)
    await setStatus(trx, { flow, version }, { status: 'published', published: { at: now, by } })
    await record<IvrEvent>(trx, { type: 'flowPublished', flow, version, ...why, by })
    return
  }
  if (await findOnly(trx, flow, 'scheduled'))
    throw new Refusal('wrongStatus', `Another version of flow ${flow} is scheduled`)
  await setStatus(trx, { flow, version }, { status: 'scheduled', published: { at: from, by } })
  await record<IvrEvent>(trx, { type: 'flowScheduled', flow, version, from, ...why, by })
}

function refuseDate(from: Instant | null, now: Instant): void {
  const verdict = from === null ? 'possible' : judgeDate(from, now)
  if (verdict === 'past') throw new Refusal('badInput', 'from: the moment has passed')
  if (verdict === 'tooFar') throw new Refusal('badInput', 'from: the moment is too far ahead')
}

async function seenDraft(db: Kysely<Database>, flow: FlowId, basedOn: number) {
  const draft = await findOnly(db, flow, 'draft')
  if (!draft) throw new Refusal('notFound', `There is no draft of flow ${flow}`)
  if (draft.savedAt !== basedOn) throw new Refusal('changedMeanwhile', 'The draft was saved anew')
  return draft
}

/** One change of a flow at a time. */
async function changing<Done>(
  db: Kysely<Database>,
  flow: FlowId,
  change: (trx: Trx) => Promise<Done>,
): Promise<Done> {
  return await db.transaction().execute(async (trx) => {
    await lockVersions(trx, flow)
    return await change(trx)
  })
}

async function soon(work: Promise<void>, clock: Alarm): Promise<void> {
  const late = Promise.withResolvers<void>()
  const cancel = clock.after(SPOKEN_WITHIN_MS, late.resolve)
  await Promise.race([work, late.promise])
  cancel()
}

/**
 * The versions of flows: saved as drafts, published one at a time. What is published has been checked and all it
 * says has been spoken, so that the next call can walk it without waiting.
 */
import type { Kysely } from 'kysely'
import type { FlowCard } from '#contract/flows.ts'
import { checkFlow, type FlowProblem } from '#core/ivr/check-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import type { PromptService } from './prompt-service.ts'
import {
  findFlow,
  findPublished,
  insertDraft,
  listFlows,
  listQueueIds,
  lockVersions,
  setPublished,
} from './store.ts'

export { writeInformation } from './waiting-information.ts'

/** The flow that calls walk unless a trunk names another. */
export const MAIN_FLOW = 'main' as FlowId

export class FlowHasProblems extends Refusal {
  readonly problems: readonly FlowProblem[]

  constructor(problems: readonly FlowProblem[]) {
    super('flowHasProblems', `The flow has ${problems.length} problems, first: ${problems[0]?.message}`)
    this.problems = problems
  }
}

export type FlowServiceDeps = {
  db: Kysely<Database>
  prompts: Pick<PromptService, 'prepareFlow' | 'flowPublished'>
  /** Told after the version is published: calls from now on walk it. */
  published(flow: FlowId, body: Flow): void
}

export type FlowService = ReturnType<typeof flowService>

export function flowService({ db, prompts, published }: FlowServiceDeps) {
  const problemsOf = async (body: Flow) =>
    checkFlow(body, { queues: await listQueueIds(db), languages: CALL_LANGUAGES })

  return {
    list: () => listFlows(db),

    publishedFlow: async (flow: FlowId = MAIN_FLOW): Promise<Flow | undefined> =>
      (await findPublished(db, flow))?.body,

    async card(flow: FlowId, version: number): Promise<FlowCard> {
      const found = await findFlow(db, flow, version)
      if (!found) throw new Refusal('notFound', `No version ${version} of flow ${flow}`)
      return { ...found, problems: await problemsOf(found.body) }
    },

    /** A draft may have problems; they are for its author to see, and stand in the way of publishing only. */
    async saveDraft(flow: FlowId, body: Flow, by?: StaffId): Promise<number> {
      return await db.transaction().execute(async (trx) => {
        const version = ((await lockVersions(trx, flow)).at(-1)?.version ?? 0) + 1
        await insertDraft(trx, { flow, version, body, by })
        await record<IvrEvent>(trx, { type: 'flowSaved', flow, version, ...(by && { by }) })
        return version
      })
    },

    /** A retired version can be published again: that is the way back from a mistake. */
    async publish(flow: FlowId, version: number, by?: StaffId): Promise<void> {
      const found = await findFlow(db, flow, version)
      if (!found) throw new Refusal('notFound', `No version ${version} of flow ${flow}`)
      const problems = await problemsOf(found.body)
      if (problems.length > 0) throw new FlowHasProblems(problems)
      await prompts.prepareFlow(found.body)

      await db.transaction().execute(async (trx) => {
        const locked = (await lockVersions(trx, flow)).find((row) => row.version === version)
        if (locked?.status === 'published')
          throw new Refusal('wrongStatus', `Version ${version} is published already`)
        await setPublished(trx, flow, version, by)
        await record<IvrEvent>(trx, { type: 'flowPublished', flow, version, ...(by && { by }) })
      })
      published(flow, found.body)
      await prompts.flowPublished(found.body)
    },
  }
}

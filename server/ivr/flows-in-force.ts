/**
 * Which version of a flow calls walk. It is kept in memory, with what is scheduled, so that no call waits for the
 * database; a scheduled version holds from its very moment, and its row follows, at once or when the database is back.
 * A server that was away at that moment settles it when it starts.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Flow } from '#core/ivr/flow.ts'
import { leadsTo, topicsOf } from '#core/ivr/flow-links.ts'
import { flowAt, type FlowsInForce } from '#core/ivr/flow-status.ts'
import type { FlowId, QueueId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { IvrEvent } from './events.ts'
import type { PromptService } from './prompt-service.ts'
import { findOnly, lockVersions, setStatus } from './store.ts'

type Trx = Transaction<Database>

const TRIED_AGAIN_AFTER_MS = 5_000

/** As server/calls has it. */
export type Alarm = { now(): Instant; after(ms: number, what: () => void): () => void }

export type FlowsInForceDeps = {
  db: Kysely<Database>
  log: Logger
  clock: Alarm
  prompts: Pick<PromptService, 'flowPublished'>
}

type Held = Partial<FlowsInForce> & { cancel?: (() => void) | undefined }

export function flowsInForce({ clock, db, log, prompts }: FlowsInForceDeps) {
  const held = new Map<FlowId, Held>()

  /** Reads what holds and what is scheduled, and settles what has come due meanwhile. */
  async function reload(flow: FlowId): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await lockVersions(trx, flow)
      const taken = await settleDue(trx, flow, clock.now())
      if (taken !== undefined) log.info({ flow, version: taken }, 'a scheduled version took effect')
    })
    const [published, scheduled] = [
      await findOnly(db, flow, 'published'),
      await findOnly(db, flow, 'scheduled'),
    ]
    const before = held.get(flow)
    before?.cancel?.()
    held.set(flow, {
      ...(published && { current: published.body }),
      scheduled,
      cancel: scheduled && clock.after(Math.max(0, scheduled.from - clock.now()), () => settle(flow)),
    })
    // From now on the fall-back greets as this version does.
    if (published && before) await prompts.flowPublished(published.body)
  }

  function settle(flow: FlowId): void {
    reload(flow).catch((error: unknown) => {
      log.warn({ flow, error: String(error) }, 'a scheduled version holds, but its row does not say so yet')
      const now = held.get(flow)
      if (now) now.cancel = clock.after(TRIED_AGAIN_AFTER_MS, () => settle(flow))
    })
  }

  const bodies = () =>
    [...held.values()].flatMap(({ current, scheduled }) =>
      [current, scheduled?.body].filter((body) => body !== undefined),
    )

  return {
    reload,

    /** What a call walks that comes now. */
    flowNow(flow: FlowId): Flow | undefined {
      const { current, scheduled } = held.get(flow) ?? {}
      if (!current) return scheduled && clock.now() >= scheduled.from ? scheduled.body : undefined
      return flowAt({ current, scheduled }, clock.now())
    },

    /** Whether callers are led into this queue, or will be by what is scheduled. */
    leadsTo: (queue: QueueId): boolean => bodies().some((body) => leadsTo(body, queue)),

    /** The topics that callers get, or will get by what is scheduled. */
    topics: (): TopicCode[] => bodies().flatMap(topicsOf),

    stop(): void {
      for (const { cancel } of held.values()) cancel?.()
    },
  }
}

/** A version whose moment has come is published; the answer is its number. */
export async function settleDue(trx: Trx, flow: FlowId, now: Instant): Promise<number | undefined> {
  const due = await findOnly(trx, flow, 'scheduled')
  if (!due || due.from > now) return undefined
  await retireCurrent(trx, flow)
  await setStatus(trx, { flow, version: due.version }, { status: 'published' })
  await record<IvrEvent>(trx, { type: 'flowTookEffect', flow, version: due.version })
  return due.version
}

export async function retireCurrent(trx: Trx, flow: FlowId): Promise<void> {
  const current = await findOnly(trx, flow, 'published')
  if (current) await setStatus(trx, { flow, version: current.version }, { status: 'retired' })
}

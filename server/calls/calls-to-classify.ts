/**
 * Calls, or parts of them, that ended before their agent had classified them: the time for wrap-up
 * was over, the line or the server went. They stay his until he does, with what
 * he had filled in.
 */
import type { Kysely } from 'kysely'
import type { CallToClassify, WrapUpDraft } from '#contract/agents.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

const LISTED_MAX_CALLS = 50

/** Parts of calls that are over and not classified; of two in one call, the later one, which is classified first. */
function unclassified(db: Db) {
  return db
    .selectFrom('call_legs as leg')
    .where('leg.role', '=', 'agent')
    .where('leg.agent', 'is not', null)
    .where('leg.wrapped_up_at', 'is', null)
    .where('leg.ended_at', 'is not', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('call_legs as later')
            .select('later.number')
            .whereRef('later.call', '=', 'leg.call')
            .whereRef('later.agent', '=', 'leg.agent')
            .whereRef('later.number', '>', 'leg.number')
            .where('later.role', '=', 'agent')
            .where('later.wrapped_up_at', 'is', null),
        ),
      ),
    )
}

/** Oldest first: that is the one most is forgotten of. */
export async function callsToClassify(db: Db, agent: AgentId): Promise<CallToClassify[]> {
  const rows = await unclassified(db)
    .where('leg.agent', '=', agent)
    .innerJoin('calls', 'calls.id', 'leg.call')
    .leftJoin('wrap_up_drafts', (join) =>
      join.onRef('wrap_up_drafts.call', '=', 'leg.call').onRef('wrap_up_drafts.agent', '=', 'leg.agent'),
    )
    .select([
      'calls.id',
      'calls.caller_e164',
      'calls.caller_raw',
      'calls.language',
      'calls.topic',
      'leg.started_at',
      'leg.ended_at',
      'wrap_up_drafts.saved_at',
    ])
    .orderBy('leg.ended_at')
    .limit(LISTED_MAX_CALLS)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: displayNumber(row.caller_e164 ?? row.caller_raw),
    language: row.language,
    topic: row.topic,
    connectedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? 0,
    hasDraft: row.saved_at !== null,
  }))
}

export async function isToClassify(db: Db, agent: AgentId, call: CallId): Promise<boolean> {
  const row = await unclassified(db)
    .select('leg.call')
    .where('leg.agent', '=', agent)
    .where('leg.call', '=', call)
    .executeTakeFirst()
  return row !== undefined
}

/** How many each agent has. */
export async function countToClassify(db: Db): Promise<Map<AgentId, number>> {
  const rows = await unclassified(db)
    .select(['leg.agent', (eb) => eb.fn.countAll<string>().as('count')])
    .groupBy('leg.agent')
    .execute()
  return new Map(rows.map(({ agent, count }) => [agent as AgentId, Number(count)]))
}

export async function readDraft(db: Db, agent: AgentId, call: CallId): Promise<WrapUpDraft | undefined> {
  const row = await db
    .selectFrom('wrap_up_drafts')
    .select('body')
    .where('call', '=', call)
    .where('agent', '=', agent)
    .executeTakeFirst()
  return row?.body as WrapUpDraft | undefined
}

/**
 * Keeps what is filled in, as long as a part of the call is the agent's and not classified. A call the rows do not know yet is
 * passed over: the console sends the draft again with the next change.
 */
export async function saveDraft(
  db: Db,
  { agent, call, draft, at }: { agent: AgentId; call: CallId; draft: WrapUpDraft; at: Date },
): Promise<void> {
  const body = JSON.stringify(draft, (_key, value: unknown) =>
    typeof value === 'string' ? asStorableText(value) : value,
  )
  await db
    .insertInto('wrap_up_drafts')
    .columns(['call', 'agent', 'body', 'saved_at'])
    .expression((eb) =>
      eb
        .selectFrom('call_legs')
        .distinct()
        .select([
          'call',
          eb.cast<AgentId>(eb.val(agent), 'uuid').as('agent'),
          eb.cast<object>(eb.val(body), 'jsonb').as('body'),
          eb.cast<Date>(eb.val(at), 'timestamptz').as('saved_at'),
        ])
        .where('call', '=', call)
        .where('agent', '=', agent)
        .where('role', '=', 'agent')
        .where('wrapped_up_at', 'is', null),
    )
    .onConflict((oc) => oc.columns(['call', 'agent']).doUpdateSet({ body, saved_at: at }))
    .execute()
}

import { type Kysely, sql, type Transaction } from 'kysely'
import type { AddTrunk } from '#contract/trunks.ts'
import type { TrunkId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const TRUNK_LOCK = 7_290_016

/** They are checked together, so they are changed one after another. */
export async function lockTrunks(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TRUNK_LOCK})`.execute(trx)
}

/** All of them, those that are switched off last. */
export async function allTrunks(db: Db) {
  const rows = await db.selectFrom('trunks').selectAll().orderBy('active', 'desc').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    peerAddresses: row.peer_addresses,
    didPatterns: row.did_patterns,
    registration: row.registration as { server: string; username: string; password: string } | null,
    codecs: row.codecs,
    maxCalls: row.max_calls,
    numberFormat: row.number_format,
    outboundUri: row.outbound_uri,
    isActive: row.active,
    version: row.edits,
  }))
}

export type KeptTrunk = Awaited<ReturnType<typeof allTrunks>>[number]

/** Of each trunk, what came by it since `from`, and when the last call did. */
export async function trunkCalls(db: Db, from: Date) {
  const since = sql<boolean>`arrived_at >= ${from}`
  const rows = await db
    .selectFrom('calls')
    .select(['trunk', ({ fn }) => fn.max('arrived_at').as('lastCallAt')])
    .select(sql<number>`(count(*) filter (where ${since}))::integer`.as('callsToday'))
    .select(
      sql<number>`(count(*) filter (where ${since} and refused_reason is not null))::integer`.as(
        'refusedToday',
      ),
    )
    // Further back nobody looks here, and the whole table would be read.
    .where('arrived_at', '>=', sql<Date>`${from}::timestamptz - interval '7 days'`)
    .groupBy('trunk')
    .execute()
  return new Map(rows.map((row) => [row.trunk, row]))
}

type Kept = Omit<AddTrunk, 'id' | 'registration'> & { registration: KeptTrunk['registration'] }

const columnsOf = (trunk: Kept) => ({
  name: trunk.name,
  peer_addresses: [...trunk.peerAddresses],
  did_patterns: [...trunk.didPatterns],
  registration: trunk.registration && JSON.stringify(trunk.registration),
  codecs: [...trunk.codecs],
  max_calls: trunk.maxCalls,
  number_format: trunk.numberFormat,
  outbound_uri: trunk.outboundUri,
})

export async function insertTrunk(trx: Trx, id: TrunkId, trunk: Kept): Promise<void> {
  await trx
    .insertInto('trunks')
    .values({ id, ...columnsOf(trunk) })
    .execute()
}

export async function updateTrunk(trx: Trx, id: TrunkId, trunk: Kept): Promise<void> {
  const values = { ...columnsOf(trunk), edits: sql<number>`edits + 1` }
  await trx.updateTable('trunks').set(values).where('id', '=', id).execute()
}

export async function setTrunkActive(trx: Trx, id: TrunkId, active: boolean): Promise<void> {
  const values = { active, edits: sql<number>`edits + 1` }
  await trx.updateTable('trunks').set(values).where('id', '=', id).execute()
}

/** For tests: a spool, keys and a database, and calls that have just ended in them. */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pino from 'pino'
import { ALAW_RATE, encodeALaw } from '#core/lib/a-law.ts'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { legSizes } from './legs.ts'
import type { RaiseAlarm, RecordingDeps } from './ports.ts'
import { ensureKeys } from './seal.ts'

/** As the alarms module does: one open alarm of a kind about a subject. */
export const raiseAlarm: RaiseAlarm = (db, alarm) =>
  db
    .insertInto('alarms')
    .values(alarm)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export type Workshop = Awaited<ReturnType<typeof workshop>>

/** Everything a recording needs, in a folder of its own. */
export async function workshop() {
  const { db, pool, connection } = await testDatabase()
  await runMigrations({ pgPool: pool })
  const root = await mkdtemp(join(tmpdir(), 'javob-recordings-'))
  const folders = {
    spool: join(root, 'spool'),
    recordings: join(root, 'recordings'),
    keys: join(root, 'keys'),
  }
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder)))
  await ensureKeys(folders.keys, folders.recordings)
  const deps: RecordingDeps = { db, log: pino({ level: 'silent' }), folders, raiseAlarm }

  return {
    ...{ db, pool, connection, folders, deps },
    row: (call: CallId) =>
      db.selectFrom('recordings').selectAll().where('call', '=', call).executeTakeFirstOrThrow(),
    legs: (call: CallId) => ({
      citizen: join(folders.spool, `${call}.citizen.alaw`),
      agent: join(folders.spool, `${call}.agent.alaw`),
    }),
    async legSeconds(call: CallId): Promise<number[]> {
      const { citizen, agent } = await legSizes(this.legs(call))
      return [citizen / ALAW_RATE, agent / ALAW_RATE]
    },
    async events(call: CallId): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('type')
        .where('call', '=', call)
        .orderBy('id')
        .execute()
      return rows.map(({ type }) => type)
    },
    async alarms(subject: string): Promise<string[]> {
      const rows = await db
        .selectFrom('alarms')
        .select('kind')
        .where('subject', '=', subject)
        .orderBy('raised_at')
        .execute()
      return rows.map(({ kind }) => kind)
    },
    takeDown: () => rm(root, { recursive: true, force: true }),
  }
}

export type EndedCall = {
  /** How long the call lasted by the clock. */
  seconds?: number
  /** What the engine wrote; `undefined` for no file. */
  citizen?: Uint8Array | undefined
  agent?: Uint8Array | undefined
  by?: StaffId
  inProgress?: boolean
}

/** A call that has ended, as the calls module leaves it: a row of each kind and two legs in the spool. */
export async function anEndedCall(shop: Workshop, ended: EndedCall = {}): Promise<CallId> {
  const { seconds = 2, inProgress = false, by } = ended
  const { citizen, agent } = { citizen: tone(440, seconds), agent: tone(1_000, seconds), ...ended }
  const call = randomUUID() as CallId
  const startedAt = new Date('2026-03-02T20:30:00Z')
  const endedAt = inProgress ? null : new Date(startedAt.getTime() + seconds * 1000)
  const legs = shop.legs(call)
  await shop.db
    .insertInto('calls')
    .values({
      ...{
        id: call,
        node: 'test',
        did: '1234',
        caller_raw: '+998901234567',
        caller_confidence: 'high',
        arrived_at: startedAt,
      },
      ...{ status: inProgress ? 'greeting' : 'ended', ended_at: endedAt, agent: by ?? null },
    })
    .execute()
  await shop.db
    .insertInto('recordings')
    .values({
      call,
      status: 'recording',
      citizen_leg: legs.citizen,
      agent_leg: legs.agent,
      started_at: startedAt,
      ended_at: endedAt,
    })
    .execute()
  if (citizen) await writeFile(legs.citizen, citizen)
  if (agent) await writeFile(legs.agent, agent)
  return call
}

export async function aStaffMember(shop: Workshop, role: Role): Promise<StaffId> {
  const login = `${role.toLowerCase()}-${randomUUID().slice(0, 8)}`
  const row = { login, name: login, role, languages: [], password_hash: '-' }
  const { id } = await shop.db
    .insertInto('staff_members')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function tone(hertz: number, seconds: number, amplitude = 8_000): Uint8Array {
  return Uint8Array.from({ length: Math.round(seconds * ALAW_RATE) }, (_, at) =>
    encodeALaw(Math.round(amplitude * Math.sin((2 * Math.PI * hertz * at) / ALAW_RATE))),
  )
}

/**
 * The demo organisation: what a new copy begins with, so that the first call can
 * be made at once. Only an empty database is filled, all of it in one transaction;
 * every later start leaves it as it is.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { DEFAULT_CALLBACK_SETTINGS } from '#core/calls/callback-settings.ts'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { DEMO_WAITING_INFORMATION } from '#core/ivr/demo-waiting.ts'
import type { QueueId, TrunkId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { insertBreaks } from '../calls/service.ts'
import { adoptTopics } from '../classifier/service.ts'
import { CALLBACK_SETTINGS } from '../callbacks/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { IvrEvent } from '../ivr/events.ts'
import { INFORMATION, MAIN_FLOW } from '../ivr/service.ts'
import { addDemoKnowledge } from '../knowledge/service.ts'
import { readOrganisation, writeOrganisation } from '../organisation/service.ts'
import { FIRST_SMS } from '#core/messages/sms-form.ts'
import { SMS_SETTING } from '../messages/service.ts'
import { addQueueSettings, putSkill } from '../queues/service.ts'
import {
  addStaffMember,
  generatePassword,
  type HashedStaffMember,
  withHashedPasswords,
} from '../staff/service.ts'
import { demoPeople } from './people.ts'
import { DEMO_QUEUES, DEMO_SKILLS } from './queues.ts'

const SEED_LOCK = 7_290_002

const ORGANISATION = {
  code: 'demo',
  names: { uz: 'Bilim va malakalarni baholash agentligi', ru: 'Агентство по оценке знаний и квалификаций' },
  appealPrefix: 'A',
  shortNumber: '1195',
}

/** Simulated citizens call from this machine: by the short number, or by the city number it stands for. */
const TRUNK = {
  id: 'demo' as TrunkId,
  name: 'Demo',
  peer_addresses: ['127.0.0.1'],
  did_patterns: ['1195', '+998712351195', '998712351195'],
  registration: null,
  max_calls: 300,
}

export type DemoSignIn = { role: Role; name: string; login: string; password: string }

export type SeedDeps = {
  db: Kysely<Database>
  log: Logger
  /** Writes down the sign-ins before anything is committed: the passwords are nowhere else, and a crash must not lose them. */
  keepSignIns?: (signIns: readonly DemoSignIn[]) => Promise<void> | void
}

/** The sign-ins of the demo staff, or nothing when there is an organisation already. */
export async function seedDemoOrganisation({
  db,
  log,
  keepSignIns,
}: SeedDeps): Promise<DemoSignIn[] | undefined> {
  if (await readOrganisation(db)) return undefined
  const password = generatePassword()
  const people = demoPeople().map((person) => ({ ...person, password }))
  const hashed = await withHashedPasswords(people)
  const signIns = people.map(({ role, name, login }) => ({ role, name, login, password }))

  const isOurs = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${SEED_LOCK})`.execute(trx)
    // Another process that started with us was quicker.
    if (await readOrganisation(trx)) return false
    await fill(trx, hashed)
    await keepSignIns?.(signIns)
    return true
  })
  if (!isOurs) return undefined
  log.info({ staff: people.length, queues: DEMO_QUEUES.length }, 'the demo organisation was set up')
  return signIns
}

/** Simulated citizens are called back on this machine, at a port that is counted from the copy's base. */
export async function callDemoCitizensAt(db: Kysely<Database>, port: number): Promise<void> {
  const onThisMachine = 'sip:{digits}@127.0.0.1:'
  await db
    .updateTable('trunks')
    .set({ outbound_uri: `${onThisMachine}${port}` })
    .where('id', '=', TRUNK.id)
    .where((eb) => eb.or([eb('outbound_uri', 'is', null), eb('outbound_uri', 'like', `${onThisMachine}%`)]))
    .execute()
}

async function fill(trx: Transaction<Database>, people: readonly HashedStaffMember[]): Promise<void> {
  await writeOrganisation(trx, ORGANISATION)
  const queues = DEMO_QUEUES.map(({ id, names }, position) => ({
    id,
    names: JSON.stringify(names),
    position,
  }))
  await trx.insertInto('queues').values(queues).execute()
  for (const { settings } of DEMO_QUEUES) await addQueueSettings(trx, settings)
  for (const skill of DEMO_SKILLS) await putSkill(trx, skill)
  for (const person of people) await addStaffMember(trx, person)
  await insertBreaks(trx, DEMO_BREAKS)
  await addDemoKnowledge(trx)
  await adoptTopics(trx)
  await trx.insertInto('trunks').values(TRUNK).execute()
  await publishDemoFlow(trx)
  await INFORMATION.write(trx, DEMO_WAITING_INFORMATION)
  // Who calls the telephone of trust is not asked for a number.
  await CALLBACK_SETTINGS.write(trx, { ...DEFAULT_CALLBACK_SETTINGS, queuesWithout: ['trust' as QueueId] })
  // No telephone gets anything: `./javob messages` shows what would have been sent.
  await SMS_SETTING.write(trx, { ...FIRST_SMS, driver: 'demo', password: '' })
  await record(trx, { type: 'organisationSetUp', organisation: ORGANISATION.code })
}

/** As the first version, published: its prompts are spoken when the server starts. */
async function publishDemoFlow(trx: Transaction<Database>): Promise<void> {
  const flow = { flow: MAIN_FLOW, version: 1 }
  const body = JSON.stringify(demoFlow())
  await trx
    .insertInto('flow_versions')
    .values({ ...flow, body, status: 'published', published_at: new Date() })
    .execute()
  await record<IvrEvent>(trx, { type: 'flowPublished', ...flow })
}

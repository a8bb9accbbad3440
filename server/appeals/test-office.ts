/** For tests: an organisation with somebody of every role, three topics and a clock that stands until it is moved. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import pino from 'pino'
import type { AppealCard, MoveAppeal, RegisterAppeal } from '#contract/appeals.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { AppealId, StaffId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { writeOrganisation } from '../organisation/service.ts'
import type { Registrar } from './registering.ts'
import { appealService } from './service.ts'

export const MONDAY_MORNING = Date.parse('2026-03-02T10:00:00+05:00')
const log = pino({ level: 'silent' })

const TOPICS: readonly [code: string, track: AppealTrack | null][] = [
  ['01', null],
  ['02', 'testScore'],
  ['03', 'trust'],
]

const PEOPLE = {
  agent: 'agent',
  supervisor: 'supervisor',
  editor: 'editor',
  secondEditor: 'editor',
  chancellery: 'chancellery',
  officer: 'officer',
  secondOfficer: 'officer',
} as const satisfies Record<string, Role>

export type Person = keyof typeof PEOPLE

export async function testOffice(db: Kysely<Database>) {
  await db.transaction().execute((trx) =>
    writeOrganisation(trx, {
      code: 'test',
      names: { uz: 'Agentlik', ru: 'Агентство' },
      appealPrefix: 'A',
      shortNumber: '1195',
    }),
  )
  await db
    .insertInto('topics')
    .values(
      TOPICS.map(([code, track]) => ({
        code: code as TopicCode,
        parent: null,
        level: 1,
        names: '{"uz":"a","ru":"b"}',
        default_kind: null,
        track,
      })),
    )
    .execute()
  const people = {} as Record<Person, Registrar>
  for (const [login, role] of Object.entries(PEOPLE)) people[login as Person] = await hire(db, login, role)
  const clock = { now: MONDAY_MORNING as Instant }
  const office = {
    log,
    people,
    clock,
    appeals: appealService({ db, log, now: () => clock.now }),

    async register(change: Partial<RegisterAppeal> = {}): Promise<AppealCard> {
      const { id } = await office.appeals.register(anAppeal(change), people.agent)
      // He sees every track.
      return await office.appeals.card(id as AppealId, people.officer)
    },

    /** As somebody would who has just looked at it. */
    async move(
      id: string,
      action: AppealAction,
      by: Person,
      details: MoveAppeal['details'] = {},
    ): Promise<AppealCard> {
      const form = aMove({
        action: action as MoveAppeal['action'],
        version: await versionOf(db, id),
        details,
      })
      return await office.appeals.move(id as AppealId, form, people[by])
    },
  }
  return office
}

export function anAppeal(change: Partial<RegisterAppeal> = {}): RegisterAppeal {
  return {
    requestKey: randomUUID(),
    kind: 'application',
    text: 'Ruxsatnomada xato bor',
    topic: null,
    call: null,
    citizen: { name: 'Gulnora Rahimova', number: '+998 90 123 45 67' },
    ...change,
  }
}

export function aMove(change: Partial<MoveAppeal> = {}): MoveAppeal {
  return { requestKey: randomUUID(), action: 'edit', version: 1, details: {}, ...change }
}

async function hire(db: Kysely<Database>, login: string, role: Role): Promise<Registrar> {
  const row = { login: login.toLowerCase(), name: login, role, password_hash: '-' }
  const member = { ...row, languages: ['uz' as const] }
  const { id } = await db.insertInto('staff_members').values(member).returning('id').executeTakeFirstOrThrow()
  return { id: id as StaffId, role }
}

export async function versionOf(db: Kysely<Database>, id: string): Promise<number> {
  const { count } = await db
    .selectFrom('appeal_steps')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('appeal', '=', id as AppealId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Edited, approved by somebody else, sent and taken in: from here on it is replied to. */
export async function bringToChancellery(
  office: Pick<Awaited<ReturnType<typeof testOffice>>, 'move'>,
  id: string,
): Promise<void> {
  await office.move(id, 'classify', 'editor', { kind: 'complaint', topic: '01' })
  await office.move(id, 'edit', 'editor')
  await office.move(id, 'write', 'editor', { text: 'Tahrirlangan' })
  await office.move(id, 'approve', 'secondEditor', {
    checked: ['nameInFull', 'residence', 'essence', 'nothingAdded', 'noInsult', 'isOurs', 'whatWasViolated'],
  })
  await office.move(id, 'dispatch', 'editor')
  await office.move(id, 'receive', 'chancellery', { incomingNumber: 'K-7' })
}

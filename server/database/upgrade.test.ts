/**
 * A copy that was in use is brought to the newest schema: appeals of every kind, track and status, with what was granted,
 * as an older version left them. Nothing of them is lost, and their due days stay what they were.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import {
  APPEAL_MOVES,
  APPEAL_STATUSES,
  type AppealAction,
  type AppealStatus,
  clockRuns,
} from '#core/appeals/appeal-status.ts'
import { APPEAL_TRACKS, type AppealTrack } from '#core/appeals/appeal-track.ts'
import { dutiesDone } from '#core/appeals/move-rules.ts'
import { appealClock, FIRST_DEADLINE_RULES } from '#core/deadlines/appeal-clock.ts'
import type { DueStep } from '#core/deadlines/due-day.ts'
import { GRANTS, type Grant } from '#core/deadlines/time-limits.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { appealService } from '../appeals/service.ts'
import { deadlineService } from '../deadlines/service.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { testDatabase } from './test-database.ts'

const RECEIVED = Date.parse('2026-03-02T10:00:00+05:00')
const REOPENED = Date.parse('2026-03-11T18:30:00+05:00')
const HOUR_MS = 3_600_000
const log = pino({ level: 'silent' })

type Step = { action: AppealAction; from: AppealStatus; to: AppealStatus }
type Seeded = {
  id: AppealId
  kind: AppealKind
  track: AppealTrack
  status: AppealStatus
  grants: readonly Grant[]
  receivedAt: Instant
  reopenedAt: Instant | null
  steps: readonly Step[]
}

/** The shortest way from one status to another. */
function wayBetween(start: AppealStatus, wanted: AppealStatus): Step[] {
  const ways = new Map<AppealStatus, Step[]>([[start, []]])
  for (const [from, way] of ways)
    for (const [action, to] of Object.entries(APPEAL_MOVES[from]) as [AppealAction, AppealStatus][])
      if (!ways.has(to)) ways.set(to, [...way, { action, from, to }])
  return ways.get(wanted) ?? []
}

const LIVES = GRANTS.length + 2
const reopen: Step = { action: 'reopen', from: 'replied', to: 'classified' }

/** Each with nothing granted, a study, both, or opened again after its reply; what is granted is so from the start. */
function everyAppeal(): Omit<Seeded, 'id'>[] {
  const lives: readonly Grant[][] = [[], ['study'], [...GRANTS], []]
  return APPEAL_KINDS.flatMap((kind) =>
    APPEAL_TRACKS.flatMap((track) =>
      APPEAL_STATUSES.filter((status) => status !== 'draft').flatMap((status, place) =>
        lives.map((granted, n) => {
          const isReopened = n === LIVES - 1 && status !== 'registered'
          const grants = track === 'testScore' ? [] : granted
          const given = grants.map((one) => {
            const action = one === 'study' ? 'study' : 'extend'
            return { action, from: 'registered', to: 'registered' } as const
          })
          return {
            ...{ kind, track, status, grants },
            receivedAt: RECEIVED + ((place * 7 + n) % 30) * HOUR_MS,
            reopenedAt: isReopened ? REOPENED : null,
            steps: isReopened
              ? [...wayBetween('registered', 'replied'), reopen, ...wayBetween('classified', status)]
              : [...given, ...wayBetween('registered', status)],
          }
        }),
      ),
    ),
  )
}

function clockOf({ kind, track, grants, receivedAt, reopenedAt, steps }: Omit<Seeded, 'id'>) {
  return appealClock(
    { kind, track, grants, receivedAt, reopenedAt, ...dutiesDone(steps) },
    FIRST_DEADLINE_RULES,
  )
}

/** That the day is off, a migration does not know: the calendar says it. */
const counted = (steps: readonly DueStep[]) => steps.filter(({ text }) => text !== 'staysOnDayOff')

const UMIDA = randomUUID()
const CITIZEN = randomUUID()

/** As the version before `next` kept it. */
async function seed(pool: pg.Pool, next: string): Promise<Seeded[]> {
  await pool.query(
    `insert into staff_members (id, login, name, role, languages, password_hash)
     values ($1, 'umida', 'Umida', 'administrator', '{uz}', '-')`,
    [UMIDA],
  )
  await pool.query(`insert into citizens (id, name) values ($1, 'Gulnora Rahimova')`, [CITIZEN])
  const tracks =
    next === '0035' ? `default_route) values ($1, 1, '{}', $2)` : `track) values ($1, 1, '{}', $2)`
  for (const [code, route, track] of TOPICS)
    await pool.query(`insert into topics (code, level, names, ${tracks}`, [
      code,
      next === '0035' ? route : track,
    ])
  await pool.query(
    `insert into classifier_versions (version, status, nodes, published_at) values (1, 'published', $1, now())`,
    [
      JSON.stringify(
        TOPICS.map(([code, , track]) => ({ code, names: {}, ...(next !== '0035' && { track }) })),
      ),
    ],
  )
  const seeded: Seeded[] = []
  for (const [place, appeal] of everyAppeal().entries())
    seeded.push(await seedAppeal(pool, appeal, place + 1))
  await pool.query(
    `insert into appeal_warnings (appeal, warning, due_on) select id, 'threeDaysLeft', due_on from appeals
     where due_on is not null`,
  )
  await pool.query(`insert into appeal_links (appeal, other, flag, accepted, decided_by, decided_at)
    select max(id::text)::uuid, min(id::text)::uuid, 'repeat', true, '${UMIDA}', now() from appeals`)
  return seeded
}

const TOPICS = [
  ['01', null, null],
  ['02', 'APP', 'testScore'],
  ['03', 'SEC', 'trust'],
  ['04', 'L1', null],
] as const

async function seedAppeal(pool: pg.Pool, appeal: Omit<Seeded, 'id'>, sequence: number): Promise<Seeded> {
  const { kind, track, grants, receivedAt, reopenedAt, steps } = appeal
  const { dueOn, others, registeredOn, steps: dueSteps } = clockOf({ ...appeal, steps: [] })
  // Until 0040 the day of the notice was the last of the steps.
  const notice = others.notice?.steps.filter(({ text }) => text === 'proposalStudy') ?? []
  const isOfPortal = sequence % 5 === 0
  const { rows } = await pool.query<{ id: AppealId }>(
    `insert into appeals (organisation, year, sequence, number, kind, status, text, citizen, topic, received_at,
       registered_on, due_on, due_steps, registered_by, medium, request_key, track, grants, reopened_at, cosigners,
       is_anonymous, under_control)
     values ('test', 2026, $1::int, 'A-2026-' || lpad(($1::int)::text, 6, '0'), $2, 'registered', $3, $4, '01', $5, $6, $7, $8, $9,
       $10, $11, $12, $13, $14, $15, $16, $17) returning id`,
    [
      ...[sequence, kind, `Murojaat ${sequence}`, CITIZEN, new Date(receivedAt), registeredOn, dueOn],
      ...[
        JSON.stringify([...dueSteps, ...notice]),
        isOfPortal ? null : UMIDA,
        isOfPortal ? 'portal' : 'phone',
      ],
      ...[randomUUID(), track, grants, reopenedAt && new Date(reopenedAt)],
      ...[JSON.stringify(sequence % 7 === 0 ? [{ name: 'Ali', residence: '' }] : []), sequence % 11 === 0],
      sequence % 3 === 0,
    ],
  )
  const id = rows[0]?.id as AppealId
  const first: Step = { action: 'register', from: 'draft', to: 'registered' }
  for (const [place, step] of [first, ...steps].entries()) await seedStep(pool, id, step, place + 1)
  await pool.query(`insert into events (type, appeal, body) values ('appealRegistered', $1, '{}')`, [id])
  return { ...appeal, id }
}

async function seedStep(
  pool: pg.Pool,
  id: AppealId,
  { action, from, to }: Step,
  place: number,
): Promise<void> {
  await pool.query(
    `insert into appeal_steps (appeal, place, action, from_status, to_status, actor, at, request_key, details)
     values ($1, $2, $3, $4, $5, $6, now(), $7, '{"reason": "Sabab"}')`,
    [id, place, action, from, to, UMIDA, randomUUID()],
  )
  if (from !== to && from !== 'draft')
    await pool.query(
      `update appeals set status = $2, merged_into = case $2 when 'merged'
         then (select id from appeals where id <> $1 order by id limit 1) end where id = $1`,
      [id, to],
    )
}

const DUE_DAYS = {
  before: `select id, due_on from appeals order by id`,
  after: `select appeal as id, due_on from appeal_days order by appeal`,
}
/** Everything that is no due day, and what is beside the appeals. */
const KEPT = [
  `select to_jsonb(appeals) - 'due_on' - 'due_steps' as row from appeals order by id`,
  `select to_jsonb(appeal_steps) as row from appeal_steps order by appeal, place`,
  `select to_jsonb(appeal_warnings) - 'duty' as row from appeal_warnings order by appeal, due_on`,
  `select to_jsonb(appeal_links) as row from appeal_links`,
  `select to_jsonb(events) as row from events order by id`,
  `select to_jsonb(citizens) as row from citizens order by id`,
]

describe.each(['0035', '0039'])('from just before %s', async (next) => {
  const { db, pool } = await testDatabase()
  await pool.query('drop schema public cascade; create schema public')
  await migrate(
    pool,
    MIGRATIONS.filter(({ name }) => name < next),
  )
  const seeded = await seed(pool, next)
  const dueDays = (await pool.query<{ id: string; due_on: string | null }>(DUE_DAYS.before)).rows
  const kept = await Promise.all(KEPT.map(async (query) => (await pool.query(query)).rows))
  await migrate(pool)

  test('every due day is what it was, and every row is still there', async () => {
    expect(seeded.length).toBe(
      APPEAL_KINDS.length * APPEAL_TRACKS.length * (APPEAL_STATUSES.length - 1) * LIVES,
    )
    expect((await pool.query(DUE_DAYS.after)).rows).toEqual(dueDays)
    // A later version may have added columns.
    for (const [place, query] of KEPT.entries())
      expect((await pool.query(query)).rows, query).toMatchObject(kept[place] ?? [])
  })

  test('each topic leads to the procedure it led to, in the classifier and in its versions', async () => {
    const tracks = TOPICS.map(([code, , track]) => ({ code, track }))
    expect((await pool.query(`select code, track from topics order by code`)).rows).toEqual(tracks)
    const { rows } = await pool.query<{ nodes: object[] }>(`select nodes from classifier_versions`)
    expect(rows[0]?.nodes).toMatchObject(tracks)
  })

  test('what is open has the days of its other duties, with their reasons, as the server counts them', async () => {
    const { rows } = await pool.query<{ appeal: string; clock_runs: boolean }>(
      `select appeal, clock_runs, due_steps, notice_on, forward_on, other_steps from appeal_days`,
    )
    const known = new Map(rows.map((row) => [row.appeal, row]))
    for (const appeal of seeded) {
      const { others, steps } = clockOf(appeal)
      const isOpen = clockRuns(appeal.status)
      const { forwarding, notice } = isOpen ? others : { forwarding: null, notice: null }
      const found = known.get(appeal.id)
      expect(found?.clock_runs).toBe(isOpen)
      expect(found, JSON.stringify(appeal)).toMatchObject({
        notice_on: notice?.dueOn ?? null,
        forward_on: forwarding?.dueOn ?? null,
        other_steps: {
          ...(notice && { notice: counted(notice.steps) }),
          ...(forwarding && { forwarding: counted(forwarding.steps) }),
        },
        ...(isOpen && { due_steps: steps }),
      })
    }
  })

  test('the calendar that was in force counts every open appeal as it stands, and a card opens', async () => {
    const appeals = appealService({ db, log, now: () => RECEIVED + 90 * 24 * HOUR_MS })
    const deadlines = deadlineService({ db, log, recount: appeals.recount })
    const { form } = await deadlines.card()
    const saved = await deadlines.save({ basedOn: 0, form }, UMIDA as StaffId)
    expect(saved.movedCount).toBe(0)
    const [first] = seeded.filter(({ kind, grants }) => kind === 'proposal' && grants.includes('study'))
    const card = await appeals.card(first?.id as AppealId, { id: UMIDA as StaffId, role: 'officer' })
    expect(card.otherDays.map(({ duty }) => duty)).toEqual(['notice'])
  })
})

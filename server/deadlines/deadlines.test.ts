import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { FIRST_DEADLINE_RULES } from '#core/deadlines/appeal-clock.ts'
import { type CalendarForm, formOfRules, withDays } from '#core/deadlines/calendar-form.ts'
import type { SpecialDay } from '#core/deadlines/calendar.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { CalendarCard } from '#contract/calendar.ts'
import { appealService } from '../appeals/service.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { writeOrganisation } from '../organisation/service.ts'
import { deadlineRoutes } from './routes.ts'
import { deadlineService } from './service.ts'

const { db, pool } = await testDatabase()
const log = pino({ level: 'silent' })
let now: Instant = 0
await db.transaction().execute((trx) =>
  writeOrganisation(trx, {
    code: 'test',
    names: { uz: 'Agentlik', ru: 'Агентство' },
    appealPrefix: 'A',
    shortNumber: '1195',
  }),
)
const { id: umida } = await db
  .insertInto('staff_members')
  .values({ login: 'umida', name: 'Umida', role: 'administrator', languages: ['uz'], password_hash: '-' })
  .returning('id')
  .executeTakeFirstOrThrow()
const officer = { id: umida as StaffId, role: 'officer' as const }
const appeals = appealService({ db, log, now: () => now })
const told: string[] = []
const deadlines = deadlineService({
  db,
  log,
  recount: appeals.recount,
  moved: (moved) => told.push(...moved.map(({ id }) => id)),
})
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+05:00`)
const off = (day: SpecialDay['day']): SpecialDay => ({ day, kind: 'extraOff', weeks: [5, 6], name: 'Qaror' })

/** A second officer, so that the appeals of one test are no other's. */
async function register(received: string, kind: 'application' | 'proposal' = 'application') {
  now = at(received)
  const form = { requestKey: randomUUID(), kind, text: 'x', topic: null, call: null }
  const { id } = await appeals.register({ ...form, citizen: { name: 'Gulnora Rahimova' } }, officer)
  return await appeals.card(id as AppealId, officer)
}

async function save(change: (form: CalendarForm) => CalendarForm) {
  const card = await deadlines.card()
  const form = change(card.form) as CalendarCard['form']
  return await deadlines.save({ basedOn: card.version, form }, umida as StaffId)
}

const addDay = (day: SpecialDay) => save((form) => ({ ...form, days: withDays(form.days, [day]) }))

beforeEach(async () => {
  told.length = 0
  for (const table of [
    'appeal_links',
    'appeal_steps',
    'appeal_warnings',
    'appeal_words',
    'appeal_days',
    'appeals',
    'calendar_versions',
  ])
    await sql`delete from ${sql.table(table)}`.execute(db)
})

test('until somebody saves one, the calendar is the one the code holds', async () => {
  expect(await deadlines.card()).toMatchObject({ version: 0, savedAt: null })
  expect((await deadlines.card()).form).toEqual(formOfRules(FIRST_DEADLINE_RULES))
})

test('a day off by decree moves the working day the office plans for, and the appeals are named', async () => {
  const friday = await register('2026-05-28 10:00')
  const other = await register('2026-06-09 10:00')
  expect([friday.registeredOn, friday.dueOn, friday.controlOn]).toEqual([
    '2026-06-01',
    '2026-06-16',
    '2026-06-16',
  ])
  const saved = await addDay(off('2026-06-16'))
  expect(saved).toMatchObject({
    calendar: { version: 1, savedByName: 'Umida' },
    movedCount: 1,
    moved: [
      {
        number: friday.number,
        dueFrom: '2026-06-16',
        dueTo: '2026-06-16',
        controlFrom: '2026-06-16',
        controlTo: '2026-06-15',
      },
    ],
  })
  expect(told).toEqual([friday.id])
  const card = await appeals.card(friday.id as AppealId, officer)
  expect(card.controlOn).toBe('2026-06-15')
  expect(card.dueSteps.at(-1)?.text, 'and it explains itself anew').toBe('staysOnDayOff')
  expect(card.timeline.at(-1)).toMatchObject({ type: 'appealDaysMoved', actorName: 'Umida' })
  expect((await appeals.card(other.id as AppealId, officer)).timeline).toHaveLength(1)
})

test('a registration that is still to come moves with its due day; one that has begun stays', async () => {
  const tonight = await register('2026-06-05 19:00')
  expect([tonight.registeredOn, tonight.dueOn]).toEqual(['2026-06-08', '2026-06-23'])
  await addDay(off('2026-06-08'))
  const moved = await appeals.card(tonight.id as AppealId, officer)
  expect([moved.registeredOn, moved.dueOn, moved.number]).toEqual([
    '2026-06-09',
    '2026-06-24',
    tonight.number,
  ])
  now = at('2026-06-09 12:00')
  await addDay(off('2026-06-09'))
  expect((await appeals.card(tonight.id as AppealId, officer)).registeredOn).toBe('2026-06-09')
})

test('rolling due days forward moves those on days off, and nothing that is over', async () => {
  const open = await register('2026-02-20 19:00')
  const over = await register('2026-02-20 19:30')
  const withdrawal = { requestKey: randomUUID(), action: 'withdraw' as const, version: 1 }
  await appeals.move(
    over.id as AppealId,
    { ...withdrawal, details: { reason: 'x' } },
    {
      ...officer,
      role: 'agent',
    },
  )
  expect(open.dueOn).toBe('2026-03-10')
  const saved = await save((form) => ({
    ...form,
    roll: 'next',
    days: withDays(form.days, [off('2026-03-10')]),
  }))
  expect(saved.moved.map(({ id, dueTo }) => `${id} ${dueTo}`)).toEqual([`${open.id} 2026-03-11`])
  expect((await appeals.card(over.id as AppealId, officer)).dueOn).toBe('2026-03-10')
})

test('a new appeal is counted by what was saved', async () => {
  await save((form) => ({ ...form, fromMinute: 480, toMinute: 960 }))
  expect((await register('2026-03-02 16:30')).registeredOn).toBe('2026-03-03')
})

test('who edits an older calendar than there is saves nothing, and so does who saves a fault', async () => {
  const { form } = await deadlines.card()
  await addDay(off('2026-07-01'))
  await expect(deadlines.save({ basedOn: 0, form }, umida as StaffId)).rejects.toMatchObject({
    code: 'changedMeanwhile',
  })
  await expect(
    save((now_) => ({ ...now_, days: [off('2026-07-01'), off('2026-07-01')] })),
  ).rejects.toMatchObject({ code: 'badInput' })
  expect((await deadlines.card()).version).toBe(1)
})

test('an appeal that is being registered while the calendar changes is counted by one of the two, never left behind', async () => {
  const blocker = await pool.connect()
  await blocker.query('begin')
  // The last thing a registration does is its event; it waits there with the calendar held.
  await blocker.query('lock table events in access exclusive mode')
  const registering = register('2026-06-05 19:00')
  const waiting = async (what: string) =>
    (
      await pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
        [what],
      )
    ).rowCount
  await expect.poll(() => waiting('%"events"%')).toBe(1)
  const saving = addDay(off('2026-06-08'))
  await expect.poll(() => waiting('%pg_advisory_xact_lock%')).toBe(1)
  await blocker.query('commit')
  blocker.release()
  const [made, saved] = await Promise.all([registering, saving])
  expect(saved.moved.map(({ id }) => id)).toEqual([made.id])
  expect((await appeals.card(made.id as AppealId, officer)).registeredOn).toBe('2026-06-09')
})

test('over HTTP: an administrator edits the calendar, an agent only reads it', async () => {
  const app = await openHttp({
    log,
    staffOf: async (token) => ({
      id: umida as StaffId,
      role: token === 'administrator' ? 'administrator' : 'agent',
      name: '',
      signIn: '',
    }),
    health: async () => ({}),
  })
  await app.register(deadlineRoutes(deadlines), { prefix: '/api' })
  const put = (who: string, payload: object) =>
    app.inject({
      method: 'PUT',
      url: '/api/calendar',
      headers: { 'x-javob': '1' },
      cookies: { javob: who },
      payload,
    })
  const read = await app.inject({ url: '/api/calendar', cookies: { javob: 'agent' } })
  const { form, version } = read.json<CalendarCard>()
  expect((await put('agent', { basedOn: version, form })).statusCode).toBe(403)
  expect((await put('administrator', { basedOn: version, form })).json()).toMatchObject({
    calendar: { version: 1 },
    movedCount: 0,
  })
  const wrong = { ...form, days: [{ ...form.days[0], day: '2026-02-30' }] }
  expect((await put('administrator', { basedOn: 1, form: wrong })).json()).toMatchObject({ code: 'badInput' })
})

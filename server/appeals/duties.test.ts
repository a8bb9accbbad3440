/** The days beside that of the reply: on the card, in the lists, warned of, moved by a calendar, and over when it is done. */
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { AppealCard } from '#contract/appeals.ts'
import { withDays } from '#core/deadlines/calendar-form.ts'
import { checklistOf } from '#core/appeals/checklist.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { deadlineService } from '../deadlines/service.ts'
import { MONDAY_MORNING, testOffice } from './test-office.ts'
import { warning } from './warning.ts'

const { db } = await testDatabase()
const { appeals, clock, log, move, people, register } = await testOffice(db)
const raised: string[] = []
const warnings = warning({
  db,
  log,
  now: () => clock.now,
  raiseAlarm: async (_trx, { kind, subject }) => void raised.push(`${kind} ${subject}`),
})
const deadlines = deadlineService({ db, log, recount: appeals.recount })

beforeEach(async () => {
  clock.now = MONDAY_MORNING
  raised.length = 0
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

const setDay = (day: string) => {
  clock.now = Date.parse(`${day}T10:00:00+05:00`)
}
const card = (id: string) => appeals.card(id as AppealId, people.officer)
const daysOf = ({ otherDays }: AppealCard) => otherDays.map(({ duty, dueOn }) => `${duty} ${dueOn}`)
const listed = async (list: 'dueToday' | 'soon' | 'overdue') =>
  (await appeals.list({ list, limit: 50 }, people.supervisor)).map(
    ({ number, next }) => `${number} ${next?.duty} ${next?.dueOn}`,
  )
const warned = async () =>
  (await warnings.list(people.supervisor)).map(
    ({ appeal, duty, warning: given, dueOn }) => `${appeal.number} ${duty} ${given} ${dueOn}`,
  )

/** A proposal that is studied: only its notice is owed beside the reply. */
async function studied() {
  const { id } = await register({ kind: 'proposal' })
  return await move(id, 'study', 'editor', { reason: 'Hisob-kitob kerak' })
}

test('what has just come is sent on within five days, if it is not ours: the card says so with its article', async () => {
  const own = await register()
  expect(daysOf(own)).toEqual(['forwarding 2026-03-07'])
  expect(own.next).toEqual({ duty: 'forwarding', dueOn: '2026-03-07' })
  expect(own.otherDays[0]).toMatchObject({ controlOn: '2026-03-06' })
  expect(own.otherDays[0]?.steps.map(({ text, day, article }) => `${text} ${day} ${article}`)).toEqual([
    'receivedInTime 2026-03-02 OʻRQ-445, 23-modda',
    'dayZero 2026-03-02 OʻRQ-445, 23-modda',
    'sendOn 2026-03-07 OʻRQ-445, 25-modda',
    'staysOnDayOff 2026-03-07 ',
  ])
  expect([own.dueOn, own.dueSteps.length]).toEqual(['2026-03-17', 3])
})

test('it is due today, then overdue, and in neither list once it was sent on', async () => {
  const own = await register()
  expect([await listed('soon'), await listed('dueToday'), await listed('overdue')]).toEqual([[], [], []])
  setDay('2026-03-06')
  expect(await listed('soon')).toEqual([`${own.number} forwarding 2026-03-07`])
  setDay('2026-03-07')
  expect(await listed('dueToday')).toEqual([`${own.number} forwarding 2026-03-07`])
  setDay('2026-03-09')
  expect(await listed('overdue')).toEqual([`${own.number} forwarding 2026-03-07`])
  const sent = await move(own.id, 'forward', 'editor', { authority: 'Vazirlik', reason: 'Vakolati' })
  expect([await listed('overdue'), daysOf(sent), sent.next]).toEqual([[], [], null])
})

test.each([
  ['returned', 'return', 'editor', { reason: 'Manzil yoʻq' }],
  ['withdrawn', 'withdraw', 'agent', { reason: 'Hal boʻldi' }],
] as const)('nor once it was %s', async (_what, action, by, details) => {
  const own = await register()
  setDay('2026-03-09')
  expect(await listed('overdue')).toHaveLength(1)
  await move(own.id, action, by, details)
  expect(await listed('overdue')).toEqual([])
})

test('who approves it has found that it is ours: from then on it stands by its reply', async () => {
  const { id } = await register()
  await move(id, 'classify', 'editor', { kind: 'complaint', topic: '01' })
  await move(id, 'edit', 'editor')
  expect(daysOf(await card(id)), 'to edit it is to have decided nothing').toEqual(['forwarding 2026-03-07'])
  await move(id, 'write', 'editor', { text: 'Tahrirlangan' })
  const approved = await move(id, 'approve', 'supervisor', { checked: [...checklistOf('complaint')] })
  expect([daysOf(approved), approved.next]).toEqual([[], { duty: 'reply', dueOn: '2026-03-17' }])
  const back = await move(id, 'sendBack', 'chancellery', { reason: 'Imlo' })
  expect(daysOf(back), 'nor does it run again when only the text is sent back').toEqual([])
  await move(id, 'withdraw', 'agent', { reason: 'x' })
})

test('opened again, it is anybody’s again', async () => {
  const { id } = await register()
  expect(daysOf(await move(id, 'extend', 'officer', { reason: 'Arxiv', signatory: 'Direktor' }))).toEqual([])
  await move(id, 'return', 'editor', { reason: 'x' })
  await move(id, 'notify', 'editor', { medium: 'phone' })
  setDay('2026-03-30')
  expect(daysOf(await move(id, 'reopen', 'supervisor', { reason: 'Norozi' }))).toEqual([
    'forwarding 2026-04-04',
  ])
})

test('the author of a proposal is told of its study within ten days, and then nothing is owed but the reply', async () => {
  const own = await studied()
  expect([daysOf(own), own.dueOn]).toEqual([['notice 2026-03-12'], '2026-04-02'])
  expect(own.otherDays[0]?.steps.map(({ text, article }) => `${text} ${article}`)).toEqual([
    'receivedInTime OʻRQ-445, 23-modda',
    'dayZero OʻRQ-445, 23-modda',
    'proposalStudy OʻRQ-445, 28-modda',
  ])
  setDay('2026-03-12')
  expect(await listed('dueToday')).toEqual([`${own.number} notice 2026-03-12`])
  await expect(
    move(own.id, 'tellOfStudy', 'editor', { medium: 'phone' }),
    'in writing',
  ).rejects.toMatchObject({
    code: 'badInput',
  })
  const told = await move(own.id, 'tellOfStudy', 'editor', { medium: 'letter' })
  expect([daysOf(told), told.dueOn, told.status]).toEqual([[], '2026-04-02', 'registered'])
  expect(await listed('dueToday')).toEqual([])
  await expect(move(own.id, 'tellOfStudy', 'editor', { medium: 'sms' })).rejects.toMatchObject({
    code: 'onlyOnce',
  })
})

test('an SMS of the study that reached him is the notice, by itself and once, whatever happened meanwhile', async () => {
  const own = await studied()
  const { id: step } = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('action', '=', 'study')
    .executeTakeFirstOrThrow()
  await move(own.id, 'classify', 'editor', { kind: 'proposal', topic: '01' })
  const message = '0199a000-0000-7000-8000-000000000001'
  await appeals.citizenTold({ message, step })
  await appeals.citizenTold({ message, step })
  const told = await card(own.id)
  expect([daysOf(told), told.moves.at(-1)]).toMatchObject([
    [],
    { action: 'tellOfStudy', by: null, details: { medium: 'sms' } },
  ])
  expect(told.version).toBe(4)
})

test('of a complaint that is studied the same SMS is no notice and moves nothing', async () => {
  const { id } = await register({ kind: 'complaint' })
  await move(id, 'study', 'editor', { reason: 'Tekshiruv' })
  const { id: step } = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('action', '=', 'study')
    .executeTakeFirstOrThrow()
  await appeals.citizenTold({ message: '0199a000-0000-7000-8000-000000000002', step })
  expect((await card(id)).version).toBe(2)
})

test('each day is warned of before and alarmed after, once, and no more when it is done', async () => {
  const [fresh, proposal] = [await register(), await studied()]
  expect(await warnings.warnDue(), 'of five days nobody is warned on the first').toBe(0)
  setDay('2026-03-06')
  expect([await warnings.warnDue(), await warnings.warnDue()]).toEqual([2, 0])
  expect(await warned()).toEqual([
    `${fresh.number} forwarding oneDayLeft 2026-03-07`,
    `${proposal.number} notice threeDaysLeft 2026-03-12`,
  ])
  expect(raised).toEqual([])
  setDay('2026-03-13')
  await warnings.warnDue()
  expect(raised).toEqual([`forwardingOverdue ${fresh.number}`, `studyNoticeOverdue ${proposal.number}`])
  expect(await warned()).toEqual([
    `${fresh.number} forwarding overdue 2026-03-07`,
    `${proposal.number} notice overdue 2026-03-12`,
    `${fresh.number} reply threeDaysLeft 2026-03-17`,
  ])
  await move(proposal.id, 'tellOfStudy', 'editor', { medium: 'email' })
  await move(fresh.id, 'study', 'editor', { reason: 'Tekshiruv' })
  expect(await warned()).toEqual([])
})

test('a changed calendar moves them too, says so, and brings none back that is done', async () => {
  const [fresh, proposal, done] = [await register(), await studied(), await studied()]
  await move(done.id, 'tellOfStudy', 'editor', { medium: 'letter' })
  const { form } = await deadlines.card()
  const off = { day: '2026-03-12' as const, kind: 'extraOff' as const, weeks: [5 as const], name: 'Qaror' }
  const saved = await deadlines.save(
    { basedOn: 0, form: { ...form, roll: 'next', days: withDays(form.days, [off]) } as typeof form },
    people.officer.id,
  )
  expect(saved.movedCount).toBe(2)
  expect(
    saved.moved.map(({ number, dueFrom, dueTo, others }) => ({ number, dueFrom, dueTo, others })),
  ).toEqual([
    {
      number: fresh.number,
      dueFrom: '2026-03-17',
      dueTo: '2026-03-17',
      others: [{ duty: 'forwarding', from: '2026-03-07', to: '2026-03-10' }],
    },
    {
      number: proposal.number,
      dueFrom: '2026-04-02',
      dueTo: '2026-04-02',
      others: [{ duty: 'notice', from: '2026-03-12', to: '2026-03-13' }],
    },
  ])
  const moved = await card(fresh.id)
  expect(moved.otherDays[0]?.steps.at(-1)).toMatchObject({ text: 'rolledForward', day: '2026-03-10' })
  expect(moved.timeline.at(-1)?.type).toBe('appealDaysMoved')
  expect(daysOf(await card(done.id))).toEqual([])
})

test('pages of a list by day follow each other, whichever day an appeal stands by', async () => {
  const made = [await studied(), await register(), await studied(), await register()]
  setDay('2026-04-30')
  const every = await appeals.list({ list: 'overdue', limit: 10 }, people.supervisor)
  expect(every.map(({ next }) => next?.dueOn)).toEqual([
    '2026-03-07',
    '2026-03-07',
    '2026-03-12',
    '2026-03-12',
  ])
  const paged: string[] = []
  for (let before: string | undefined; paged.length < made.length; before = paged.at(-1)) {
    const page = await appeals.list({ list: 'overdue', limit: 1, before }, people.supervisor)
    paged.push(...page.map(({ id }) => id))
  }
  expect(paged).toEqual(every.map(({ id }) => id))
})

import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MoveAppeal } from '#contract/appeals.ts'
import {
  APPEAL_STATUSES,
  type AppealAction,
  type AppealStatus,
  clockRuns,
} from '#core/appeals/appeal-status.ts'
import { checklistOf } from '#core/appeals/checklist.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { appealRoutes } from './routes.ts'
import { aMove, MONDAY_MORNING, type Person, testOffice } from './test-office.ts'

const { db, pool } = await testDatabase()
const office = await testOffice(db)
const { appeals, clock, move, people, register } = office
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

beforeEach(() => {
  clock.now = MONDAY_MORNING
})

const TO_THE_CHANCELLERY: readonly [AppealAction, Person, MoveAppeal['details']?][] = [
  ['classify', 'supervisor', { kind: 'complaint', topic: '01' }],
  ['edit', 'editor'],
  ['write', 'editor', { text: 'Ruxsatnomadagi xatoni tuzatishni soʻrayman.' }],
  ['approve', 'secondEditor', { checked: [...checklistOf('complaint')] }],
  ['dispatch', 'editor'],
  ['receive', 'chancellery', { incomingNumber: 'K-17/26' }],
]

async function walk(id: string, way: readonly [AppealAction, Person, MoveAppeal['details']?][]) {
  for (const [action, by, details] of way) await move(id, action, by, details)
  return await appeals.card(id as AppealId, people.officer)
}

test('an appeal goes from the citizen’s words to the reply through every desk', async () => {
  const { id, text } = await register()
  await walk(id, TO_THE_CHANCELLERY)
  const card = await walk(id, [
    ['reply', 'chancellery', { result: 'satisfied', reply: 'Xato tuzatildi.' }],
    ['notify', 'chancellery', { medium: 'sms' }],
    ['close', 'chancellery'],
  ])
  expect(card).toMatchObject({
    status: 'closed',
    outcome: 'satisfied',
    kind: 'complaint',
    topic: '01',
    text,
    editedText: 'Ruxsatnomadagi xatoni tuzatishni soʻrayman.',
    editorName: 'editor',
    incomingNumber: 'K-17/26',
    version: 10,
  })
  expect(card.moves.map(({ place, action, byName }) => `${place} ${action} ${byName}`)).toEqual([
    '1 register agent',
    '2 classify supervisor',
    '3 edit editor',
    '4 write editor',
    '5 approve secondEditor',
    '6 dispatch editor',
    '7 receive chancellery',
    '8 reply chancellery',
    '9 notify chancellery',
    '10 close chancellery',
  ])
  expect(card.timeline.map(({ type }) => type)).toEqual([
    'appealRegistered',
    'appealClassified',
    'appealEditingBegun',
    'appealTextWritten',
    'appealApproved',
    'appealDispatched',
    'appealReceived',
    'appealReplied',
    'citizenNotified',
    'appealClosed',
  ])
})

test('the event log knows of every move and has no word of it', async () => {
  const { id } = await register()
  await move(id, 'withdraw', 'agent', { reason: 'Gulnora Rahimova fikridan qaytdi' })
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('appeal', '=', id as AppealId)
    .execute()
  expect(rows.map(({ type }) => type)).toEqual(['appealRegistered', 'appealWithdrawn'])
  expect(JSON.stringify(rows)).not.toMatch(/Rahimova|xato/)
})

test('who wrote cannot approve', async () => {
  const { id } = await register()
  await walk(id, TO_THE_CHANCELLERY.slice(0, 3))
  await expect(move(id, 'approve', 'editor')).rejects.toMatchObject({ code: 'fourEyes' })
  expect((await move(id, 'approve', 'supervisor', { checked: [...checklistOf('complaint')] })).status).toBe(
    'approved',
  )
})

test('nothing is approved before everything on the checklist of its kind was looked at', async () => {
  const { id } = await register()
  await walk(id, TO_THE_CHANCELLERY.slice(0, 3))
  for (const checked of [[], [...checklistOf('proposal')], checklistOf('complaint').slice(1)])
    await expect(move(id, 'approve', 'supervisor', { checked: [...checked] })).rejects.toMatchObject({
      code: 'badInput',
    })
  const card = await move(id, 'approve', 'supervisor', { checked: [...checklistOf('complaint')] })
  expect(card.moves.at(-1)?.details.checked).toContain('whatWasViolated')
})

test('what a move needs and was not told is refused, and so is what is only spaces', async () => {
  const { id } = await register()
  await walk(id, TO_THE_CHANCELLERY.slice(0, 5))
  await expect(move(id, 'receive', 'chancellery', { incomingNumber: ' ' })).rejects.toMatchObject({
    code: 'badInput',
  })
  expect((await appeals.card(id as AppealId, people.editor)).status).toBe('dispatched')
})

test('an extension with its reason and signatory makes the limit longer, once, and the due day says so', async () => {
  const { id, dueOn } = await register()
  const extend = () =>
    move(id, 'extend', 'officer', { reason: 'Arxivdan hujjat kutilmoqda', signatory: 'Direktor M. Karimov' })
  const card = await extend()
  expect([dueOn, card.dueOn, card.status]).toEqual(['2026-03-17', '2026-04-17', 'registered'])
  expect(card.dueSteps.map(({ text, article }) => `${text} ${article}`)).toContain(
    'extension OʻRQ-445, 28-modda',
  )
  expect(card.grants).toEqual(['extension'])
  await expect(extend()).rejects.toMatchObject({ code: 'onlyOnce' })
})

test('a limit that has passed is not made longer afterwards', async () => {
  const { id } = await register()
  clock.now = Date.parse('2026-03-17T23:59:00+05:00')
  await move(id, 'study', 'editor', { reason: 'Tekshiruv' })
  const late = await register()
  clock.now += 30 * DAY_MS
  await expect(move(late.id, 'study', 'editor', { reason: 'Tekshiruv' })).rejects.toMatchObject({
    code: 'dueDayPassed',
  })
})

test('classified as a proposal it has a month; the day of registration stays', async () => {
  const { id } = await register()
  const card = await move(id, 'classify', 'editor', { kind: 'proposal', topic: '01' })
  expect([card.kind, card.registeredOn, card.dueOn]).toEqual(['proposal', '2026-03-02', '2026-04-02'])
})

test('opened again it has no outcome, and the limit of a repeated appeal', async () => {
  const { id } = await register()
  await walk(id, TO_THE_CHANCELLERY)
  await move(id, 'extend', 'chancellery', { reason: 'Ekspertiza', signatory: 'Direktor' })
  await move(id, 'reply', 'chancellery', { result: 'refused', reply: 'Asos yoʻq.' })
  clock.now = Date.parse('2026-04-20T10:00:00+05:00')
  const card = await move(id, 'reopen', 'supervisor', { reason: 'Fuqaro norozi' })
  expect(card).toMatchObject({ status: 'classified', outcome: null, grants: [], dueOn: '2026-05-05' })
  expect(card.registeredOn).toBe('2026-03-02')
})

describe('kept apart', () => {
  test('a report of corruption is seen and moved by those who handle it, and by nobody else', async () => {
    const { id, number, track } = await register({ topic: '03' })
    expect(track).toBe('trust')
    for (const person of ['agent', 'supervisor', 'editor', 'chancellery'] as const) {
      await expect(appeals.card(id as AppealId, people[person])).rejects.toMatchObject({ code: 'notFound' })
      await expect(
        move(id, 'classify', person, { kind: 'complaint', topic: '01' }),
        'not even by taking it out of the track',
      ).rejects.toMatchObject({ code: 'notFound' })
      const listed = await appeals.list({ list: 'all', search: number, limit: 5 }, people[person])
      expect(listed).toEqual([])
    }
    expect((await appeals.list({ list: 'all', search: number, limit: 5 }, people.officer)).length).toBe(1)
    await walk(id, [
      ['classify', 'officer', { kind: 'complaint', topic: '03' }],
      ['edit', 'officer'],
      ['write', 'officer', { text: 'Pora haqida xabar' }],
    ])
    await expect(move(id, 'approve', 'officer')).rejects.toMatchObject({ code: 'fourEyes' })
    expect(
      (await move(id, 'approve', 'secondOfficer', { checked: [...checklistOf('complaint')] })).status,
    ).toBe('approved')
  })

  test('an apellyatsiya against a score has a number, and no limit of the law on appeals', async () => {
    const card = await register({ topic: '02' })
    expect([card.track, card.dueOn, card.controlOn]).toEqual(['testScore', null, null])
    await expect(move(card.id, 'extend', 'officer', { reason: 'x', signatory: 'y' })).rejects.toMatchObject({
      code: 'moveNotPossible',
    })
    const general = await move(card.id, 'classify', 'editor', { kind: 'complaint', topic: '01' })
    expect([general.track, general.dueOn], 'and gets it when it is none').toEqual(['general', '2026-03-17'])
  })
})

describe('left unconsidered', () => {
  test('by a conclusion that an officer approves; until then the clock runs', async () => {
    const { id } = await register()
    const proposed = await move(id, 'proposeLeaving', 'editor', {
      ground: 'anonymous',
      conclusion: 'Ism va manzil yoʻq',
    })
    expect(proposed.status).toBe('leavingProposed')
    const due = await appeals.list({ list: 'all', dueBy: proposed.dueOn ?? '', limit: 200 }, people.editor)
    expect(due.map((row) => row.id)).toContain(id)
    await expect(move(id, 'approveLeaving', 'supervisor', { signatory: 'x' })).rejects.toMatchObject({
      code: 'notAllowed',
    })
    const left = await move(id, 'approveLeaving', 'officer', { signatory: 'Direktor M. Karimov' })
    expect([left.status, left.outcome]).toEqual(['leftUnconsidered', 'leftUnconsidered'])
    expect((await move(id, 'notify', 'editor', { medium: 'letter' })).status).toBe('notified')
  })
})

describe('merging', () => {
  test('the later goes into the earlier and can be taken out again', async () => {
    const [first, second] = [await register(), await register()]
    const merged = await move(second.id, 'merge', 'editor', { into: first.id })
    expect(merged).toMatchObject({
      status: 'merged',
      outcome: 'merged',
      mergedInto: { id: first.id, number: first.number },
    })
    const again = await move(second.id, 'reopen', 'supervisor', { reason: 'Boshqa masala ekan' })
    expect(again).toMatchObject({ status: 'classified', mergedInto: null, outcome: null })
  })

  test('never into itself, into one that is over, or into one whose citizen may wait longer', async () => {
    const first = await register()
    clock.now += 3 * DAY_MS
    const later = await register()
    const over = await register()
    await move(over.id, 'withdraw', 'agent', { reason: 'x' })
    for (const [id, into] of [
      [first.id, first.id],
      [first.id, later.id],
      [later.id, over.id],
    ] as const)
      await expect(move(id, 'merge', 'editor', { into })).rejects.toMatchObject({ code: 'mergeNotPossible' })
    await move(later.id, 'merge', 'editor', { into: first.id })
    const other = await register({ citizen: { name: 'Ali Valiyev' } })
    expect(other.dueOn && first.dueOn && other.dueOn > first.dueOn).toBe(true)
    await expect(
      move(first.id, 'merge', 'editor', { into: other.id }),
      'nor does one go that others went into',
    ).rejects.toMatchObject({ code: 'mergeNotPossible' })
  })

  test('two that are merged into each other at once: one goes, one stays', async () => {
    const [a, b] = [await register(), await register()]
    const results = await Promise.allSettled([
      move(a.id, 'merge', 'editor', { into: b.id }),
      move(b.id, 'merge', 'editor', { into: a.id }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('several people at once', () => {
  test('who saw an older appeal than there is moves nothing', async () => {
    const { id } = await register()
    await move(id, 'classify', 'editor', { kind: 'application', topic: '01' })
    await expect(
      appeals.move(id as AppealId, aMove({ action: 'edit', version: 1 }), people.editor),
    ).rejects.toMatchObject({ code: 'changedMeanwhile' })
  })

  test('twenty of the same form move once, twenty of different people only the first', async () => {
    const { id } = await register()
    const form = aMove({ action: 'classify', details: { kind: 'complaint', topic: '01' } })
    const cards = await Promise.all(
      Array.from({ length: 20 }, () => appeals.move(id as AppealId, form, people.editor)),
    )
    expect(new Set(cards.map(({ version }) => version))).toEqual(new Set([2]))
    const others = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        appeals.move(id as AppealId, aMove({ action: 'edit', version: 2 }), people.editor),
      ),
    )
    expect(others.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a key that was used for another appeal is refused', async () => {
    const [a, b] = [await register(), await register()]
    const form = aMove({ action: 'withdraw', details: { reason: 'x' } })
    await appeals.move(a.id as AppealId, form, people.agent)
    await expect(appeals.move(b.id as AppealId, form, people.agent)).rejects.toMatchObject({
      code: 'badInput',
    })
  })
})

describe('the database itself', () => {
  test('lets no appeal be without a due day where the law counts one, nor have one where it counts none', async () => {
    const [general, score] = [await register(), await register({ topic: '02' })]
    for (const [statement, id] of [
      ['update appeal_days set due_on = null where appeal = $1', general.id],
      [`update appeals set track = 'testScore' where id = $1`, general.id],
      [`update appeal_days set due_on = '2026-03-17' where appeal = $1`, score.id],
      [`update appeals set track = 'trust' where id = $1`, score.id],
    ] as const)
      await expect(pool.query(statement, [id]), statement).rejects.toMatchObject({ constraint: 'due_by_law' })
    await pool.query(
      `with moved as (update appeals set track = 'testScore' where id = $1 returning id)
      update appeal_days set due_on = null, forward_on = null where appeal in (select id from moved)`,
      [general.id],
    )
  })

  test.each([
    ['registered', 'replied'],
    ['registered', 'draft'],
    ['registered', 'leftUnconsidered'],
  ])('lets nobody write a status to which no move leads: %s to %s', async (_from, to) => {
    const { id } = await register()
    await expect(pool.query('update appeals set status = $1 where id = $2', [to, id])).rejects.toThrow(
      /No move leads/,
    )
  })

  test('knows no appeal that begins in the middle, and no step that is no move', async () => {
    const { id } = await register()
    await expect(
      sql`insert into appeals select (jsonb_populate_record(a, '{"status":"closed"}')).* from appeals a where id = ${id}`.execute(
        db,
      ),
    ).rejects.toThrow(/begins registered/)
    await expect(
      sql`insert into appeal_steps (appeal, place, action, from_status, to_status, actor, at, request_key)
        values (${id}, 2, 'close', 'registered', 'closed', ${people.agent.id}, now(), uuidv7())`.execute(db),
    ).rejects.toThrow(/foreign key/)
  })
})

describe('work lists', () => {
  test('the database knows as core does in which statuses a reply is still owed', async () => {
    const { rows } = await pool.query<{ status: AppealStatus; runs: boolean }>(
      'select status, appeal_clock_runs(status) as runs from unnest($1::text[]) status',
      [[...APPEAL_STATUSES]],
    )
    expect(rows.filter(({ runs }) => runs).map(({ status }) => status)).toEqual(
      APPEAL_STATUSES.filter(clockRuns),
    )
  })

  test('due today, overdue, mine, and by status', async () => {
    clock.now = Date.parse('2032-03-01T10:00:00+05:00')
    const mine = await register()
    const other = await appeals.register(
      { ...anotherForm(), citizen: { name: 'Ali Valiyev' } },
      people.supervisor,
    )
    const ids = async (list: 'dueToday' | 'overdue' | 'mine', by: Person = 'agent') =>
      (await appeals.list({ list, limit: 200 }, people[by])).map(({ id }) => id)
    // That they are ours was found; of the other days see duties.test.ts.
    await db.updateTable('appeal_days').set({ forward_on: null }).execute()
    clock.now = Date.parse(`${mine.dueOn}T09:00:00+05:00`)
    expect(await ids('dueToday')).toEqual(expect.arrayContaining([mine.id, other.id]))
    expect(await ids('overdue')).not.toContain(mine.id)
    expect(await ids('mine')).toContain(mine.id)
    expect(await ids('mine')).not.toContain(other.id)
    clock.now += DAY_MS
    expect(await ids('dueToday')).not.toContain(mine.id)
    expect(await ids('overdue')).toEqual(expect.arrayContaining([mine.id, other.id]))
    await move(other.id, 'classify', 'editor', { kind: 'complaint', topic: '01' })
    await move(other.id, 'edit', 'editor')
    expect(await ids('mine', 'editor'), 'what I edit is mine').toContain(other.id)
    await move(mine.id, 'withdraw', 'agent', { reason: 'x' })
    expect(await ids('overdue')).not.toContain(mine.id)
    const editing = await appeals.list({ list: 'all', status: 'editing', limit: 200 }, people.agent)
    expect(editing.map(({ status }) => status)).toContain('editing')
    expect(new Set(editing.map(({ status }) => status)).size).toBe(1)
  })
})

function anotherForm() {
  return { requestKey: crypto.randomUUID(), kind: 'application', text: 'x', topic: null, call: null } as const
}

test('over HTTP: whoever may move nothing is refused before the appeal is looked for', async () => {
  const { id } = await register()
  const app = await openHttp({
    log: office.log,
    staffOf: async (token) => ({
      ...(people[token as Person] ?? { id: people.agent.id, role: 'administrator' as const }),
      name: '',
      signIn: '',
    }),
    health: async () => ({}),
  })
  await app.register(appealRoutes(appeals), { prefix: '/api' })
  const post = (who: string, payload: object) =>
    app.inject({
      method: 'POST',
      url: `/api/appeals/${id}/moves`,
      headers: { 'x-javob': '1' },
      cookies: { javob: who },
      payload,
    })
  const form = aMove({ action: 'classify', details: { kind: 'complaint', topic: '01' } })
  expect((await post('nobody', form)).statusCode).toBe(403)
  expect((await post('agent', form)).json()).toMatchObject({ code: 'notAllowed' })
  expect((await post('editor', { ...form, action: 'register' })).statusCode).toBe(400)
  expect((await post('editor', form)).json()).toMatchObject({ status: 'classified', version: 2 })
  expect((await post('editor', aMove({ action: 'close', version: 2 }))).json()).toMatchObject({
    code: 'moveNotPossible',
  })
})

describe('repeats and duplicates', () => {
  const TEXT = 'Ruxsatnomamda tugʻilgan sanam xato yozilgan, tuzatib berishingizni soʻrayman'
  const citizen = { name: 'Zebo Olimova', number: '+998 91 777 66 55' }

  test('are proposed with what speaks for them, decided by a person, and merged by one', async () => {
    const first = await register({ text: TEXT, citizen, topic: '01' })
    await register({ text: 'Natijam qachon chiqadi?', citizen })
    clock.now += DAY_MS
    const { id, links } = await register({
      text: `Рухсатномамда туғилган санам хато ёзилган, тузатиб беришингизни сўрайман`,
      citizen: { name: 'Олимова Зебо'.split(' ').toReversed().join(' ') },
      topic: '01',
    })
    expect(links).toMatchObject([
      { other: { id: first.id, number: first.number }, flag: 'duplicate', accepted: null },
    ])
    expect(links[0]?.reasons).toEqual(['sameName', 'sameTopic', 'similarText', 'withinLimit'])
    const decision = { other: first.id, flag: 'duplicate', accepted: true } as const
    await expect(appeals.decideLink(id as AppealId, decision, people.agent)).rejects.toMatchObject({
      code: 'notAllowed',
    })
    const decided = await appeals.decideLink(id as AppealId, decision, people.editor)
    expect(decided.links.map(({ flag, accepted }) => [flag, accepted])).toEqual([['duplicate', true]])
    expect(decided.timeline.at(-1)?.type).toBe('appealLinkDecided')
    expect((await move(id, 'merge', 'editor', { into: first.id })).mergedInto?.number).toBe(first.number)
  })

  test('after a reply it is a repeat; refused, it is proposed no more', async () => {
    const person = { name: 'Nodir Aliyev', number: '+998 91 222 33 44' }
    const first = await register({ text: TEXT, citizen: person })
    await walk(first.id, TO_THE_CHANCELLERY)
    await move(first.id, 'reply', 'chancellery', { result: 'refused', reply: 'Asos yoʻq' })
    clock.now += DAY_MS
    const second = await register({ text: TEXT, citizen: person })
    expect(second.links).toMatchObject([{ flag: 'repeat', accepted: null }])
    const refused = { other: first.id, flag: 'repeat', accepted: false } as const
    const { links } = await appeals.decideLink(second.id as AppealId, refused, people.supervisor)
    expect(links.map(({ accepted }) => accepted)).toEqual([false])
  })

  test('nothing is a repeat of what came after it, nor of a confidential report', async () => {
    const first = await register({ text: TEXT, citizen, topic: '03' })
    const second = await register({ text: TEXT, citizen })
    expect(second.links.map(({ other }) => other.id)).not.toContain(first.id)
    const decision = { other: first.id, flag: 'repeat', accepted: true } as const
    await expect(appeals.decideLink(second.id as AppealId, decision, people.editor)).rejects.toMatchObject({
      code: 'notFound',
    })
    clock.now += DAY_MS
    const third = await register({ text: TEXT, citizen })
    await expect(
      appeals.decideLink(second.id as AppealId, { ...decision, other: third.id }, people.editor),
    ).rejects.toMatchObject({ code: 'badInput' })
  })
})

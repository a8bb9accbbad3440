/** What an office does with many appeals at once: in bulk, taken out, warned of, filed by several. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { AppealsExport, type BulkAppeals, ExportAppeals } from '#contract/appeal-office.ts'
import type { AppealCard } from '#contract/appeals.ts'
import type { AppealId, ChatRoomId } from '#core/lib/ids.ts'
import { chatService } from '../chat/service.ts'
import { citizenService } from '../citizens/service.ts'
import { testDatabase } from '../database/test-database.ts'
import { exportText, ROWS_AT_ONCE } from './exporting.ts'
import { linksOf } from './links.ts'
import { anAppeal, MONDAY_MORNING, type Person, testOffice } from './test-office.ts'
import { warning } from './warning.ts'

const { db } = await testDatabase()
const { appeals, clock, log, move, people, register } = await testOffice(db)
beforeEach(() => {
  clock.now = MONDAY_MORNING
})

type Row = Pick<AppealCard, 'id' | 'status'>
const bulk = (action: BulkAppeals['action'], rows: readonly Row[], more: Partial<BulkAppeals> = {}) => ({
  requestKey: randomUUID(),
  action,
  appeals: rows.map(({ id, status }) => ({ id, status })),
  ...more,
})
const card = (id: string) => appeals.card(id as AppealId, people.officer)
const types = async (id: string) => (await card(id)).timeline.map(({ type }) => type)
const named = (who: Person) => ({ ...people[who], name: who })

describe('in bulk', () => {
  test('each row answers by itself: done, changed meanwhile, not possible, not for this person', async () => {
    const [fresh, moved, secret] = [await register(), await register(), await register({ topic: '03' })]
    await move(fresh.id, 'classify', 'editor', { kind: 'application', topic: '01' })
    const seen = [await card(fresh.id), moved, secret, { id: randomUUID(), status: 'registered' as const }]
    await move(moved.id, 'classify', 'editor', { kind: 'application', topic: '01' })
    const outcomes = await appeals.inBulk(bulk('edit', seen), people.editor)
    expect(outcomes.map(({ problem }) => problem)).toEqual([null, 'changedMeanwhile', 'notFound', 'notFound'])
    expect(outcomes.map(({ number }) => number)).toEqual([fresh.number, moved.number, null, null])
    expect(await card(fresh.id)).toMatchObject({ status: 'editing', editorName: 'editor' })
    expect((await appeals.inBulk(bulk('dispatch', [await card(fresh.id)]), people.editor))[0]?.problem).toBe(
      'moveNotPossible',
    )
    expect((await appeals.inBulk(bulk('edit', [await card(moved.id)]), people.chancellery))[0]?.problem).toBe(
      'notAllowed',
    )
  })

  test('a form sent again moves each once', async () => {
    const rows = [await register(), await register()]
    for (const { id } of rows) await move(id, 'classify', 'editor', { kind: 'application', topic: '01' })
    const form = bulk('edit', await Promise.all(rows.map(({ id }) => card(id))))
    const both = await Promise.all([appeals.inBulk(form, people.editor), appeals.inBulk(form, people.editor)])
    for (const outcomes of [...both, await appeals.inBulk(form, people.editor)])
      expect(outcomes.map(({ problem }) => problem)).toEqual([null, null])
    for (const { id } of rows) expect((await card(id)).version).toBe(3)
  })

  test('appeals are given to an editor who may have them, by whoever sorts them', async () => {
    const [own, secret] = [await register(), await register({ topic: '03' })]
    const give = (editor: Person, by: Person, rows = [own, secret]) =>
      appeals.inBulk(bulk('assign', rows, { editor: people[editor].id }), people[by])
    expect((await give('secondEditor', 'supervisor')).map(({ problem }) => problem)).toEqual([
      null,
      'notFound',
    ])
    expect((await card(own.id)).editorName).toBe('secondEditor')
    expect(await types(own.id)).toContain('appealAssigned')
    const listed = await appeals.list({ list: 'mine', limit: 50 }, people.secondEditor)
    expect(listed.map(({ id }) => id)).toContain(own.id)
    await expect(give('agent', 'supervisor')).rejects.toMatchObject({ code: 'badInput' })
    await expect(give('secondEditor', 'agent')).rejects.toMatchObject({ code: 'notAllowed' })
    await expect(give('secondEditor', 'officer')).rejects.toMatchObject({ code: 'notAllowed' })
  })

  test('what is so already is not told again, and what stands otherwise by now is left alone', async () => {
    const [own, moved] = [await register(), await register()]
    await move(moved.id, 'classify', 'editor', { kind: 'application', topic: '01' })
    const form = bulk('assign', [own, own, moved], { editor: people.secondEditor.id })
    for (const again of [1, 2])
      expect(
        (await appeals.inBulk(form, people.supervisor)).map(({ problem }) => problem),
        `${again}`,
      ).toEqual([null, null, 'changedMeanwhile'])
    for (const action of ['control', 'control', 'uncontrol'] as const)
      await appeals.inBulk(bulk(action, [own, own]), people.supervisor)
    expect((await types(own.id)).slice(1)).toEqual([
      'appealAssigned',
      'appealPutUnderControl',
      'appealLeftControl',
    ])
    expect(await card(moved.id)).toMatchObject({ editorName: null })
  })

  test('under control is a list of its own, until the control ends', async () => {
    const own = await register()
    const listed = async () =>
      (await appeals.list({ list: 'control', limit: 50 }, people.supervisor)).map(({ id }) => id)
    await appeals.inBulk(bulk('control', [own]), people.officer)
    expect(await listed()).toEqual([own.id])
    await appeals.inBulk(bulk('uncontrol', [own]), people.supervisor)
    expect(await listed()).toEqual([])
    expect(await types(own.id)).toEqual(
      expect.arrayContaining(['appealPutUnderControl', 'appealLeftControl']),
    )
  })
})

describe('taken out', () => {
  const reason = 'Oylik hisobot uchun'
  const takeOut = async (by: Person, asked: Omit<ExportAppeals, 'reason'>) => {
    let text = ''
    for await (const piece of exportText(await appeals.exportChosen({ reason, ...asked }, named(by))))
      text += piece
    return AppealsExport.parse(JSON.parse(text))
  }

  test('who, when and why is written before anything leaves, and comes with it', async () => {
    const own = await register({ text: 'Noyob soʻz arxivda' })
    const taken = await takeOut('supervisor', { chosen: { list: 'all', search: 'noyob' } })
    expect(taken).toMatchObject({ byName: 'supervisor', reason, at: clock.now })
    expect(taken.rows).toMatchObject([{ number: own.number, text: 'Noyob soʻz arxivda' }])
    expect(JSON.stringify(taken.rows)).not.toContain('123 45 67')
    const kept = await db
      .selectFrom('appeal_exports')
      .selectAll()
      .where('id', '=', taken.id)
      .executeTakeFirst()
    expect(kept).toMatchObject({ by: people.supervisor.id, reason, appeals: 1, chosen: { search: 'noyob' } })
    const event = await db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'appealsExported')
      .executeTakeFirst()
    expect(event).toMatchObject({ actor: people.supervisor.id, body: { appeals: 1, export: taken.id } })
    expect((await card(own.id)).timeline.at(-1)).toMatchObject({
      type: 'appealExported',
      actorName: 'supervisor',
      note: reason,
    })
  })

  test('only those that are chosen, and never what is not for this person', async () => {
    const [one, , secret] = [await register(), await register(), await register({ topic: '03' })]
    const ids = [one.id, secret.id]
    const numbers = async (by: Person) =>
      (await takeOut(by, { chosen: { list: 'all' }, ids })).rows.map(({ number }) => number)
    expect(await numbers('supervisor')).toEqual([one.number])
    expect(await numbers('officer')).toEqual([secret.number, one.number])
  })

  test('a long list is taken out in pieces, each row once and in order', async () => {
    const made = await Promise.all(
      Array.from({ length: ROWS_AT_ONCE + 1 }, () => register({ text: 'Uzunroyxat' })),
    )
    const asked = { reason, chosen: { list: 'all', search: 'uzunroyxat' } } as const
    const pieces: string[] = []
    for await (const piece of exportText(await appeals.exportChosen(asked, named('supervisor'))))
      pieces.push(piece)
    expect(pieces, 'its head, two groups of rows and its end').toHaveLength(4)
    const { rows } = AppealsExport.parse(JSON.parse(pieces.join('')))
    const ids = Array.from({ length: 1_000 }, () => randomUUID())
    expect(ExportAppeals.safeParse({ ...asked, ids }).success, 'as many as can be chosen').toBe(true)
    expect(rows.map(({ number }) => number)).toEqual(
      made.map(({ number }) => number).toSorted((one, other) => other.localeCompare(one)),
    )
    const none = await takeOut('supervisor', { chosen: { list: 'all', search: 'hechnarsa' } })
    expect(none.rows).toEqual([])
  })
})

describe('warned of', () => {
  const raised: string[] = []
  const warnings = warning({
    db,
    log,
    now: () => clock.now,
    raiseAlarm: async (_trx, { kind, subject }) => void raised.push(`${kind} ${subject}`),
  })
  const at = (day: string) => {
    clock.now = Date.parse(`${day}T10:00:00+05:00`)
  }
  const listed = async (by: Person) =>
    (await warnings.list(people[by])).map(({ appeal, warning: given }) => `${appeal.number} ${given}`)

  test('three working days before, one before, and after: each once, over any restart, to those who answer for it', async () => {
    await db.updateTable('appeals').set({ status: 'withdrawn' }).where('status', '<>', 'withdrawn').execute()
    const own = await register({ citizen: { name: 'Ogohlantirilgan fuqaro' } })
    const secret = await register({ topic: '03' })
    expect(own.dueOn).toBe('2026-03-17')
    // That they are ours was found; of the other days see duties.test.ts.
    await db.updateTable('appeal_days').set({ forward_on: null }).execute()
    at('2026-03-11')
    expect(await warnings.warnDue()).toBe(0)
    at('2026-03-12')
    expect(await warnings.warnDue()).toBe(2)
    expect(await warnings.warnDue(), 'once').toBe(0)
    expect(await listed('supervisor')).toEqual([`${own.number} threeDaysLeft`])
    expect(await listed('officer')).toEqual([`${own.number} threeDaysLeft`, `${secret.number} threeDaysLeft`])
    expect(await listed('agent'), 'he registered it').toEqual([`${own.number} threeDaysLeft`])
    expect(await listed('editor'), 'nobody edits it yet').toEqual([`${own.number} threeDaysLeft`])
    expect(await listed('chancellery')).toEqual([])
    await appeals.inBulk(bulk('assign', [own], { editor: people.secondEditor.id }), people.supervisor)
    expect(await listed('editor')).toEqual([])
    expect(await listed('secondEditor')).toEqual([`${own.number} threeDaysLeft`])
    at('2026-03-16')
    await warnings.warnDue()
    expect(await listed('supervisor')).toEqual([`${own.number} oneDayLeft`])
    expect(raised).toEqual([])
    at('2026-03-18')
    await Promise.all([warnings.warnDue(), warnings.warnDue()])
    expect(await listed('supervisor')).toEqual([`${own.number} overdue`])
    expect(raised, 'a report of corruption raises no alarm that others read').toEqual([
      `appealOverdue ${own.number}`,
    ])
    expect((await types(own.id)).filter((type) => type === 'appealWarned')).toHaveLength(3)
  })

  test('a due day that moves is warned of anew, and one that is answered no more', async () => {
    const own = await register()
    at('2026-03-16')
    await warnings.warnDue()
    await move(own.id, 'extend', 'officer', { reason: 'Arxiv', signatory: 'Direktor' })
    expect(await listed('supervisor')).not.toContain(`${own.number} oneDayLeft`)
    at('2026-04-16')
    await warnings.warnDue()
    expect(await listed('supervisor')).toContain(`${own.number} oneDayLeft`)
    await move(own.id, 'withdraw', 'agent', { reason: 'Hal boʻldi' })
    expect((await listed('supervisor')).join()).not.toContain(own.number)
  })

  test('of a year that begins soon and whose days off nobody has written in, somebody is told', async () => {
    raised.length = 0
    at('2026-12-10')
    await warnings.warnDue()
    expect(raised).toContain('calendarUnknown 2027')
  })

  test('very many at once are one alarm that says how many', async () => {
    await Promise.all(Array.from({ length: 25 }, () => register()))
    raised.length = 0
    at('2026-05-20')
    await warnings.warnDue()
    expect(raised).toHaveLength(1)
    expect(raised[0]).toMatch(/^appealsOverdue 2026-05-20/)
  })
})

describe('kept apart', () => {
  test('a report of corruption is told of in no message, count or list to those who do not handle it', async () => {
    const secret = await register({ topic: '03', citizen: { name: 'Halol Fuqaro', number: '+998907776655' } })
    const chat = chatService({
      db,
      readers: { tell: () => undefined },
      agentsOfCall: async () => undefined,
      now: () => clock.now,
    })
    const room = (await chat.rooms(people.officer))[0]?.id as ChatRoomId
    const about = { requestKey: randomUUID(), text: 'Shu haqda', call: null, appeal: secret.id }
    await expect(chat.send(people.agent, room, about)).rejects.toMatchObject({ code: 'notFound' })
    await chat.send(people.officer, room, about)
    const read = async (by: Person) => (await chat.messages(people[by], room)).at(-1)
    expect(await read('officer')).toMatchObject({ appeal: { id: secret.id } })
    expect(await read('supervisor')).toMatchObject({ appeal: null, isAboutHidden: true })
    const { candidates, openAppeals } = await citizenService({ db }).callersOf('+998907776655')
    expect([candidates.map((one) => one.openAppeals), openAppeals]).toEqual([[0], []])
  })

  test('the apellyatsiya against a test score is a list of its own, and the law counts no day for it', async () => {
    const score = await register({ topic: '02' })
    const listed = await appeals.list({ list: 'all', track: 'testScore', limit: 50 }, people.chancellery)
    expect(listed).toMatchObject([{ id: score.id, dueOn: null }])
  })
})

describe('filed by', () => {
  const cosigners = [
    { name: 'Ali Valiyev', residence: 'Toshkent' },
    { name: 'Malika Yusupova', residence: '' },
  ]
  const representative = { name: 'Advokat Sobirov', ground: 'Ishonchnoma', hasPapers: false }
  const none = { cosigners: [], representative: null }

  test('several and a representative: on the card, in the list, and found by their names', async () => {
    const own = await register({ filers: { cosigners, representative } })
    expect(own).toMatchObject({ cosignerCount: 2, filers: { cosigners, representative } })
    const found = await appeals.list({ list: 'all', limit: 50, search: 'Валиев' }, people.supervisor)
    expect(found.map(({ id }) => id)).toEqual([own.id])
    const byLawyer = await appeals.list({ list: 'all', limit: 50, search: 'sobirov' }, people.supervisor)
    expect(byLawyer.map(({ id }) => id)).toEqual([own.id])
  })

  test('changed at the editing desk, and not over what somebody else changed', async () => {
    const { id } = await register()
    const change = (
      was: typeof none | { cosigners: typeof cosigners; representative: null },
      by: Person = 'editor',
    ) =>
      appeals.changeFilers(id as AppealId, { was, filers: { cosigners, representative: null } }, people[by])
    expect(await change(none)).toMatchObject({ cosignerCount: 2, filers: { cosigners } })
    await expect(change(none)).rejects.toMatchObject({ code: 'changedMeanwhile' })
    await expect(change({ cosigners, representative: null }, 'chancellery')).rejects.toMatchObject({
      code: 'notAllowed',
    })
    const [event] = await db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'appealFilersChanged')
      .execute()
    expect(JSON.stringify(event?.body)).not.toMatch(/Valiyev/)
  })

  test('a minor is known by the card, and his appeal is registered like any other', async () => {
    const own = await register({ citizen: { name: 'Yosh Fuqaro', number: '+998901119988' } })
    await db
      .updateTable('citizens')
      .set({ birth_on: '2010-01-01' })
      .where('id', '=', own.citizen.id as never)
      .execute()
    expect((await card(own.id)).citizen.isMinor).toBe(true)
  })

  test('nobody who says who he is: it is written down, repeats nobody, and is nobody’s card', async () => {
    const [first, second] = [
      await register({ citizen: { anonymous: true }, topic: '01' }),
      await register({ citizen: { anonymous: true }, topic: '01' }),
    ]
    expect(first).toMatchObject({ isAnonymous: true, status: 'registered', dueOn: '2026-03-17' })
    expect(second.number).not.toBe(first.number)
    expect(await linksOf(db, second.id as AppealId, 'officer')).toEqual([])
    const left = await move(first.id, 'proposeLeaving', 'editor', {
      ground: 'anonymous',
      conclusion: 'Imzosiz',
    })
    expect(left.status).toBe('leavingProposed')
    const form = anAppeal({ citizen: { anonymous: true } })
    const both = await Promise.all([
      appeals.register(form, people.agent),
      appeals.register(form, people.agent),
    ])
    expect(both[0]).toEqual(both[1])
  })
})

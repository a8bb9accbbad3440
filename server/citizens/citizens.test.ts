import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { CardForm, CitizenCard } from '#contract/citizens.ts'
import { type CardFields, EMPTY_CARD } from '#core/citizens/citizen-card.ts'
import { reconcile } from '#core/citizens/reconcile.ts'
import type { CallId, CitizenId, StaffId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { citizenRoutes } from './routes.ts'
import { Refusal } from '../errors.ts'
import { citizenService, findOrAddCitizens, type FoundFiler, numberNamed } from './service.ts'

const { db } = await testDatabase()
const MONDAY = Date.parse('2026-03-02T10:00:00+05:00')
const told: string[] = []
const citizens = citizenService({ db, now: () => MONDAY })
citizens.onChanged((id) => void told.push(id))
const dilnoza = await newStaff('dilnoza', 'agent')
const saodat = await newStaff('saodat', 'supervisor')

async function newStaff(login: string, role: Role): Promise<StaffId> {
  const member = { login, name: login, role, languages: ['uz' as const], password_hash: '-' }
  return (await db.insertInto('staff_members').values(member).returning('id').executeTakeFirstOrThrow()).id
}

const form = (part: Partial<CardFields> = {}) => ({ ...EMPTY_CARD, ...part }) as CardForm
const idOf = (card: CitizenCard) => card.id as CitizenId
let lastNumber = 0
const newNumber = () => `+99890${String(5_000_000 + lastNumber++).padStart(7, '0')}`

async function newCard(part: Partial<CardFields> = {}, number?: string): Promise<CitizenCard> {
  const fields = form({ name: 'Gulnora Rahimova', ...part })
  return await citizens.add({ fields, ...(number && { number }) }, dilnoza)
}

async function newCall(citizen: string | null, { from = '+998901234567', isCallback = false } = {}) {
  const id = randomUUID() as string as CallId
  await sql`insert into calls (id, node, did, caller_raw, caller_e164, caller_confidence, status, arrived_at,
      connected_at, ended_at, citizen)
    values (${id}, 'n1', '1195', '', ${from}, 'high', 'ended', now(), now(), now(), ${citizen})`.execute(db)
  if (isCallback) await reachedBy(id, from)
  return id
}

/** We called him there, and he answered. */
async function reachedBy(call: CallId, number: string): Promise<void> {
  const callback = randomUUID()
  await sql`insert into callbacks (id, call, trunk, did, number, queue, language, since, priority, reason, status,
      promised_at, due_at, expires_at, ended_at)
    values (${callback}, ${call}, 't', '1195', ${number}, 'q', 'uz', now(), 0, 'asked', 'done', now(), now(), now(),
      now())`.execute(db)
  await sql`update calls set callback = ${callback} where id = ${call}`.execute(db)
}

async function newAppeal(citizen: string): Promise<string> {
  const sequence = ++lastNumber
  const number = `A-2026-${sequence}`
  await sql`with appeal as (
      insert into appeals (organisation, year, sequence, number, kind, status, text, citizen, received_at,
        registered_on, registered_by, request_key)
      values ('test', 2026, ${sequence}, ${number}, 'application', 'registered', 'x', ${citizen}, now(),
        '2026-03-02', ${dilnoza}, ${randomUUID()}) returning id
    ) insert into appeal_days (appeal, due_on, due_steps) select id, '2026-03-17', '[]' from appeal`.execute(
    db,
  )
  return number
}

const eventsOf = async (id: string) =>
  await db
    .selectFrom('events')
    .select(['type', 'body', 'actor'])
    .where(sql<boolean>`body ->> 'citizen' = ${id}`)
    .orderBy('id')
    .execute()

test('a card has its name in both scripts, and shows of its documents no more than the ends', async () => {
  const card = await newCard(
    { pinfl: '31210632040244', passport: 'аа 1234567', birthDay: '1963-10-12', region: '1726' },
    '90 123 45 67',
  )
  expect(card).toMatchObject({
    version: 1,
    status: 'current',
    fields: { pinfl: '3*********0244', passport: 'AA***4567', birthDay: '1963-10-12' },
    names: { latin: 'Gulnora Rahimova', cyrillic: 'Гулнора Раҳимова' },
    numbers: [{ number: '+998 90 123 45 67', standing: 'claimed' }],
    changedByName: 'dilnoza',
    isMinor: false,
  })
})

test('whoever opens a document is written down, and the document is not', async () => {
  const card = await newCard({ pinfl: '31210632040244' })
  expect(await citizens.openDocument(idOf(card), 'pinfl', saodat)).toBe('31210632040244')
  const events = await eventsOf(card.id)
  expect(events.at(-1)).toMatchObject({
    type: 'citizenDocumentOpened',
    actor: saodat,
    body: { document: 'pinfl' },
  })
  expect(JSON.stringify(events)).not.toMatch(/31210632040244|Rahimova/)
  const { timeline } = await citizens.card(idOf(card))
  expect(timeline.map(({ type, actorName }) => `${type} ${actorName}`)).toEqual([
    'citizenDocumentOpened saodat',
    'citizenAdded dilnoza',
  ])
})

test('a masked document that comes back stays; an empty one goes', async () => {
  const card = await newCard({ pinfl: '31210632040244', passport: 'AA1234567' })
  const fields = { ...card.fields, passport: '', note: 'x' }
  const after = await citizens.change(idOf(card), { basedOn: 1, fields }, dilnoza)
  expect(after.fields).toMatchObject({ pinfl: '3*********0244', passport: '', note: 'x' })
  expect(await citizens.openDocument(idOf(card), 'pinfl', dilnoza)).toBe('31210632040244')
})

test.each<[Partial<CardFields>, RegExp]>([
  [{ pinfl: '31210632040245' }, /fields.pinfl: pinflCheckDigit/],
  [{ name: '——' }, /fields.name: noLetters/],
  [{ birthDay: '2027-01-01' }, /fields.birthDay: notBornYet/],
])('%o is refused, and leaves nothing behind', async (part, message) => {
  const count = async () => (await db.selectFrom('citizens').select('id').execute()).length
  const before = await count()
  await expect(newCard(part)).rejects.toMatchObject({
    code: 'badInput',
    message: expect.stringMatching(message),
  })
  expect(await count()).toBe(before)
})

test('an old number with a wrong check digit keeps nobody from writing down the rest', async () => {
  const card = await newCard()
  await db.updateTable('citizens').set({ pinfl: '31210632040245' }).where('id', '=', idOf(card)).execute()
  const shown = await citizens.card(idOf(card))
  const after = await citizens.change(
    idOf(card),
    { basedOn: 1, fields: { ...shown.fields, region: '1726' } },
    dilnoza,
  )
  expect(after.fields).toMatchObject({ region: '1726', pinfl: '3*********0245' })
})

test('the second of two who save is refused, sees both, and nothing of either is lost', async () => {
  const card = await newCard({ note: 'old' })
  const base = card.fields
  const hers = { ...base, birthDay: '1990-01-02', note: 'hers' }
  const his = { ...base, region: '1726', note: 'his' }
  await citizens.change(idOf(card), { basedOn: 1, fields: hers }, dilnoza)
  await expect(citizens.change(idOf(card), { basedOn: 1, fields: his }, saodat)).rejects.toMatchObject({
    code: 'changedMeanwhile',
  })
  const now = await citizens.card(idOf(card))
  expect(now.fields).toMatchObject({ birthDay: '1990-01-02', region: '', note: 'hers' })
  expect(now.changedByName).toBe('dilnoza')

  const both = reconcile({ base, mine: his, theirs: now.fields })
  expect(both).toMatchObject({ theirs: ['birthDay'], toChoose: ['note'] })
  const chosen = { ...both.fields, note: 'hers, his' } as CardForm
  const after = await citizens.change(idOf(card), { basedOn: now.version, fields: chosen }, saodat)
  expect(after.fields).toMatchObject({ birthDay: '1990-01-02', region: '1726', note: 'hers, his' })
  expect(after.timeline[0]).toMatchObject({ detail: { fields: ['region', 'note'], version: 3 } })
})

test('of twenty who save at once one is first, and the others know', async () => {
  const card = await newCard()
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      citizens.change(idOf(card), { basedOn: 1, fields: { ...card.fields, note: `by ${n}` } }, dilnoza),
    ),
  )
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(19)
  expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set(['changedMeanwhile']))
  expect((await citizens.card(idOf(card))).version).toBe(2)
})

test('the screens are told of a change once it is there, of a split twice', async () => {
  const [a, b] = [await newCard(), await newCard()]
  told.length = 0
  await citizens.change(idOf(a), { basedOn: 1, fields: { ...a.fields, note: 'x' } }, dilnoza)
  await citizens.change(idOf(a), { basedOn: 1, fields: a.fields }, dilnoza).catch(() => undefined)
  await citizens.merge(idOf(a), { other: b.id, basedOn: 2, otherBasedOn: 1 }, saodat)
  await citizens.split(idOf(a), idOf(b), saodat)
  expect(told).toEqual([a.id, a.id, a.id, b.id])
})

test('the moment of a consent is kept, and goes with it', async () => {
  const card = await newCard({ consent: 'given' })
  expect(card.consentAt).not.toBeNull()
  const fields = { ...card.fields, consent: 'notAsked' as const }
  expect((await citizens.change(idOf(card), { basedOn: 1, fields }, dilnoza)).consentAt).toBeNull()
})

test('saving what is as it was makes no version', async () => {
  const card = await newCard()
  expect((await citizens.change(idOf(card), { basedOn: 1, fields: card.fields }, dilnoza)).version).toBe(1)
})

test('a number is claimed, then called from, then confirmed by a callback; who denies it is not a candidate', async () => {
  const number = newNumber()
  const card = await newCard({}, number)
  const standing = async () => (await citizens.callersOf(number)).candidates.map((one) => one.standing)
  const named = async (isCallback: boolean) => {
    const call = await newCall(card.id, { from: number, isCallback })
    await db.transaction().execute((trx) => numberNamed(trx, { call, citizen: idOf(card) }))
  }
  expect(await standing()).toEqual(['claimed'])
  await named(false)
  expect(await standing()).toEqual(['calledFrom'])
  await named(true)
  expect(await standing()).toEqual(['confirmed'])
  await named(false)
  expect(await standing(), 'one more call makes it no less sure').toEqual(['confirmed'])
  await citizens.judgeNumber(idOf(card), { number, action: 'deny' }, dilnoza)
  expect(await standing()).toEqual([])
  await named(false)
  expect(await standing(), 'a call from it proves nothing').toEqual([])
  await expect(
    citizens.judgeNumber(idOf(card), { number: newNumber(), action: 'deny' }, dilnoza),
  ).rejects.toMatchObject({ code: 'wrongStatus' })
})

test('a citizen named in a call from a new number has one number more', async () => {
  const card = await newCard({}, newNumber())
  const number = newNumber()
  const call = await newCall(card.id, { from: number })
  await db.transaction().execute((trx) => numberNamed(trx, { call, citizen: idOf(card) }))
  expect((await citizens.callersOf(number)).candidates).toMatchObject([
    { id: card.id, standing: 'calledFrom' },
  ])
})

test('who may be calling comes with what he is owed, and nobody of a number that only others use', async () => {
  const number = newNumber()
  const card = await newCard({ note: 'hard of hearing' }, number)
  const appeal = await newAppeal(card.id)
  expect(await citizens.callersOf(number)).toMatchObject({
    candidates: [{ id: card.id, note: 'hard of hearing', openAppeals: 1, calls: 0 }],
    openAppeals: [{ number: appeal, dueOn: '2026-03-17', citizen: card.id }],
  })
  expect(await citizens.callersOf(newNumber())).toEqual({ candidates: [], openAppeals: [] })
})

test('merged cards are one citizen: calls, appeals and numbers follow, and a split undoes it all', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const kept = await newCard({ note: 'mine' }, one)
  const other = await newCard({ name: 'Рахимова Гульнора', note: 'theirs', birthDay: '1990-01-02' }, two)
  const calls = [await newCall(kept.id), await newCall(other.id)]
  const appeals = [await newAppeal(kept.id), await newAppeal(other.id)]
  const before = [await citizens.card(idOf(kept)), await citizens.card(idOf(other))]

  const versions = { basedOn: 1, otherBasedOn: 1 }
  const merged = await citizens.merge(idOf(kept), { other: other.id, ...versions }, saodat)
  expect(merged.consentAt).toBeNull()
  expect(merged.fields).toMatchObject({ note: 'mine', birthDay: '1990-01-02', name: 'Gulnora Rahimova' })
  expect(merged.calls.map(({ id }) => id).sort()).toEqual(calls.toSorted())
  expect(merged.appeals.map(({ number }) => number).sort()).toEqual(appeals.toSorted())
  expect(merged.numbers).toHaveLength(2)
  expect(merged.merged).toMatchObject([{ id: other.id, mergedByName: 'saodat' }])
  expect((await citizens.callersOf(two)).candidates).toMatchObject([
    { id: kept.id, calls: 2, openAppeals: 2 },
  ])
  const found = await citizens.search({ search: 'рахимова гульнора', limit: 30 })
  expect(found.map(({ id }) => id)).toContain(kept.id)
  expect(found.map(({ id }) => id)).not.toContain(other.id)
  expect(await citizens.card(idOf(other))).toMatchObject({ status: 'merged', mergedInto: { id: kept.id } })

  const parted = await citizens.split(idOf(kept), idOf(other), saodat)
  const after = [parted, await citizens.card(idOf(other))]
  for (const [place, card] of after.entries()) {
    const was = before[place]
    expect(card.fields).toEqual(was?.fields)
    expect([card.calls, card.appeals, card.numbers, card.status]).toEqual([
      was?.calls,
      was?.appeals,
      was?.numbers,
      'current',
    ])
    expect(card.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['citizensMerged', 'citizensSplit']),
    )
  }
  await expect(citizens.split(idOf(kept), idOf(other), saodat)).rejects.toMatchObject({ code: 'wrongStatus' })
})

test('a call and an appeal of a merged citizen say the name he has now', async () => {
  const kept = await newCard({ name: 'Botir Usmonov' })
  const other = await newCard({ name: 'Botirjon' })
  await citizens.merge(idOf(kept), { other: other.id, basedOn: 1, otherBasedOn: 1 }, saodat)
  // Named a moment before the merge: it is his all the same.
  const call = await newCall(other.id)
  expect((await citizens.card(idOf(kept))).calls.map(({ id }) => id)).toEqual([call])
})

test('what was learnt in a merge and corrected since stays after the split', async () => {
  const kept = await newCard()
  const other = await newCard({ birthDay: '1990-01-02', region: '1726' })
  const merged = await citizens.merge(idOf(kept), { other: other.id, basedOn: 1, otherBasedOn: 1 }, saodat)
  const fields = { ...merged.fields, birthDay: '1991-01-02' }
  await citizens.change(idOf(kept), { basedOn: merged.version, fields }, dilnoza)
  const parted = await citizens.split(idOf(kept), idOf(other), saodat)
  expect(parted.fields).toMatchObject({ birthDay: '1991-01-02', region: '' })
})

test('a card that had taken in others is merged and parted with them', async () => {
  const [a, b, c] = [await newCard(), await newCard(), await newCard()]
  const call = await newCall(b.id)
  const ab = await citizens.merge(idOf(a), { other: b.id, basedOn: 1, otherBasedOn: 1 }, saodat)
  const ca = await citizens.merge(idOf(c), { other: a.id, basedOn: 1, otherBasedOn: ab.version }, saodat)
  expect(ca.calls.map(({ id }) => id)).toEqual([call])
  expect((await citizens.card(idOf(b))).mergedInto?.id).toBe(c.id)
  await citizens.split(idOf(c), idOf(a), saodat)
  expect((await citizens.card(idOf(c))).calls).toEqual([])
  expect((await citizens.card(idOf(a))).calls.map(({ id }) => id)).toEqual([call])
  expect((await citizens.card(idOf(b))).mergedInto?.id).toBe(a.id)
})

test('cards are not merged unseen, nor with two personal numbers, nor into one that is gone', async () => {
  const kept = await newCard({ pinfl: '31210632040244' })
  const other = await newCard({ pinfl: '31210932040247' })
  const third = await newCard()
  const merge = (into: CitizenCard, from: CitizenCard, otherBasedOn = 1) =>
    citizens.merge(idOf(into), { other: from.id, basedOn: 1, otherBasedOn }, saodat)
  await expect(merge(kept, other)).rejects.toMatchObject({ code: 'cannotMerge' })
  await expect(merge(kept, third, 2)).rejects.toMatchObject({ code: 'changedMeanwhile' })
  await merge(kept, third)
  await expect(merge(third, other)).rejects.toMatchObject({ code: 'cannotMerge' })
  await expect(
    citizens.change(idOf(third), { basedOn: 2, fields: third.fields }, dilnoza),
  ).rejects.toMatchObject({ code: 'wrongStatus' })
})

test('two who merge the same two cards crosswise at once leave one card, not none', async () => {
  for (let n = 0; n < 10; n++) {
    const [a, b] = [await newCard(), await newCard()]
    const answers = await Promise.allSettled([
      citizens.merge(idOf(a), { other: b.id, basedOn: 1, otherBasedOn: 1 }, saodat),
      citizens.merge(idOf(b), { other: a.id, basedOn: 1, otherBasedOn: 1 }, saodat),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const cards = [await citizens.card(idOf(a)), await citizens.card(idOf(b))]
    expect(cards.map(({ status }) => status).sort()).toEqual(['current', 'merged'])
  }
})

test('after any merges and splits every card is shown under one current card, and each call under one citizen', async () => {
  const seed = 20_261_125
  const random = seededRandom(seed)
  const cards = await Promise.all(Array.from({ length: 8 }, () => newCard()))
  const calls = await Promise.all(cards.map((card) => newCall(card.id)))
  const any = () => cards[Math.floor(random() * cards.length)] as CitizenCard
  for (let n = 0; n < 60; n++) {
    const [kept, other] = await Promise.all([any(), any()].map((card) => citizens.card(idOf(card))))
    if (!kept || !other) continue
    const asked = { other: other.id, basedOn: kept.version, otherBasedOn: other.version }
    const work =
      random() < 0.6
        ? citizens.merge(idOf(kept), asked, saodat)
        : citizens.split(idOf(kept), idOf(other), saodat)
    await work.catch((error: { code?: string }) =>
      expect(['cannotMerge', 'wrongStatus']).toContain(error.code),
    )
  }
  const shown = (await Promise.all(cards.map((card) => citizens.card(idOf(card))))).filter(
    ({ status }) => status === 'current',
  )
  const found = shown.flatMap((card) => card.calls.map(({ id }) => id))
  expect(found.toSorted(), `seed ${seed}`).toEqual(calls.toSorted())
})

test('another card of the same PINFL, or of the same name with the same number, is pointed out', async () => {
  const number = newNumber()
  const first = await newCard({ name: 'Xasanov Umid', pinfl: '40201902050010' }, number)
  const second = await newCard({ name: 'Boshqa Odam', pinfl: '40201902050010' })
  const third = await newCard({ name: 'Ҳасанов Умид' }, number)
  expect((await citizens.card(idOf(first))).alike).toEqual([
    { id: second.id, name: 'Boshqa Odam', because: 'document' },
    { id: third.id, name: third.names.latin, because: 'nameAndNumber' },
  ])
})

test.each([
  ['40201902050010', 'the whole PINFL'],
  ['ҳасанов умид', 'Cyrillic'],
  ['hasanov', 'Latin, h for x'],
])('the search for %s finds him: %s', async (search) => {
  const names = (await citizens.search({ search, limit: 30 })).map(({ name }) => name)
  expect(names).toContain('Xasanov Umid')
})

test('a legal entity is found by its STIR, and an empty search shows the newest', async () => {
  const office = await newCard({ kind: 'legalEntity', name: 'Nur MChJ', stir: '301 234 567' })
  expect((await citizens.search({ search: '301234567', limit: 30 })).map(({ id }) => id)).toEqual([office.id])
  expect((await citizens.search({ limit: 1 })).map(({ id }) => id)).toEqual([office.id])
})

test('an appeal from a name in Cyrillic makes a card with both scripts', async () => {
  const who = { name: 'Ғафурова Наргиза', number: newNumber() }
  const [found] = await db.transaction().execute((trx) => findOrAddCitizens(trx, [{ who, by: dilnoza }]))
  const { citizen } = found as FoundFiler
  expect((await citizens.card(citizen)).names).toEqual({
    latin: 'Gʻafurova Nargiza',
    cyrillic: 'Ғафурова Наргиза',
  })
})

test('of many who send appeals at once each is found, added once or refused, whatever the others are', async () => {
  const office = await newCard({ name: 'Nur MChJ' })
  const [shared, other] = [newNumber(), newNumber()]
  const filers = [
    { name: 'Ғафуров Анвар', number: shared },
    { id: office.id },
    { name: 'Gʻafurov Anvar', number: shared },
    { name: 'Gʻafurov Anvar', number: other },
    { name: '——' },
    { name: 'Ali Valiyev', number: '12-ab' },
    { id: '00000000-0000-4000-8000-000000000000' },
    { name: 'Ali Valiyev' },
  ].map((who) => ({ who, by: dilnoza }))
  const find = () => db.transaction().execute((trx) => findOrAddCitizens(trx, filers))
  const ids = (all: Awaited<ReturnType<typeof find>>) =>
    all.map((one) => (one instanceof Refusal ? one.code : one.citizen))
  const first = ids(await find())
  expect(first[1]).toBe(office.id)
  expect(first[2]).toBe(first[0])
  expect(new Set([first[0], first[3], first[7]]).size).toBe(3)
  expect([first[4], first[5], first[6]]).toEqual(['badInput', 'badInput', 'notFound'])
  const again = ids(await find())
  expect(again.slice(0, 7)).toEqual(first.slice(0, 7))
  expect(again[7], 'a name alone is nobody who is known').not.toBe(first[7])
})

test('over HTTP: 100 kB of anything is kept as text; an agent may not merge, an administrator sees nothing', async () => {
  const roles: Record<string, { id: StaffId; role: Role }> = {
    agent: { id: dilnoza, role: 'agent' },
    supervisor: { id: saodat, role: 'supervisor' },
    administrator: { id: saodat, role: 'administrator' },
  }
  const app = await openHttp({
    log: pino({ level: 'silent' }),
    staffOf: async (token) => ({ ...(roles[token] ?? { id: dilnoza, role: 'agent' }), name: '', signIn: '' }),
    health: async () => ({}),
  })
  await app.register(citizenRoutes(citizens), { prefix: '/api' })
  const ask = (who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    app.inject({
      method,
      url: `/api${url}`,
      headers: { 'x-javob': '1' },
      cookies: { javob: who },
      ...(payload && { payload }),
    })
  const note = `<script>alert(1)</script> =1+1 🙂 ‮اسم\r\n"'; drop table citizens; -- `
    .repeat(1_400)
    .slice(0, 102_400)
  const made = await ask('agent', 'POST', '/citizens', { fields: form({ name: 'Ali <b>', note }) })
  expect(made.statusCode).toBe(201)
  expect(made.json().fields).toMatchObject({ name: 'Ali <b>', note })
  expect((await ask('agent', 'GET', `/citizens/${made.json().id}`)).json().fields.note).toBe(note)
  const merge = { other: randomUUID(), basedOn: 1, otherBasedOn: 1 }
  expect((await ask('agent', 'POST', `/citizens/${made.json().id}/merge`, merge)).statusCode).toBe(403)
  expect((await ask('supervisor', 'POST', `/citizens/${made.json().id}/merge`, merge)).statusCode).toBe(404)
  expect((await ask('administrator', 'GET', '/citizens')).statusCode).toBe(403)
  expect(
    (await ask('administrator', 'POST', `/citizens/${made.json().id}/open-document`, { document: 'pinfl' }))
      .statusCode,
  ).toBe(403)
  expect((await ask('agent', 'POST', '/citizens', { fields: form({ note: `${note}xx` }) })).json().code).toBe(
    'badInput',
  )
  expect((await ask('agent', 'GET', '/citizens?search=ali')).json()[0].name).toBe('Ali <b>')
  await app.close()
})

test('who calls for a legal entity is linked with what he is there, and is told when his number calls', async () => {
  const number = newNumber()
  const fields = {
    name: 'Ziyo MChJ',
    kind: 'legalEntity' as const,
    stir: '301 234 567',
    address: ' Toshkent,\nNavoiy 1 ',
  }
  const entity = await newCard(fields)
  expect(entity.fields).toMatchObject({ stir: '301234567', address: 'Toshkent, Navoiy 1' })
  const person = await newCard({ name: 'Olim Karimov' }, number)
  const role = '<b>bosh buxgalter</b> 😀'
  const linked = await citizens.addContact(idOf(entity), { person: person.id, role }, dilnoza)
  expect(linked.contacts).toMatchObject([
    { id: person.id, name: 'Olim Karimov', role, numbers: [expect.any(String)] },
  ])
  expect((await citizens.card(idOf(person))).contactOf).toEqual([{ id: entity.id, name: 'Ziyo MChJ', role }])
  expect((await citizens.callersOf(number)).candidates).toMatchObject([
    { id: person.id, kind: 'person', contactOf: [{ id: entity.id, name: 'Ziyo MChJ', role }] },
  ])
  const again = citizens.addContact(idOf(entity), { person: person.id, role: 'direktor' }, dilnoza)
  await expect(again).rejects.toMatchObject({ code: 'onlyOnce' })

  const ended = await citizens.removeContact(idOf(entity), idOf(person), saodat)
  expect(ended.contacts).toEqual([])
  expect(ended.timeline.map(({ type }) => type)).toEqual([
    'citizenContactEnded',
    'citizenContactAdded',
    'citizenAdded',
  ])
  expect((await citizens.callersOf(number)).candidates).toMatchObject([{ contactOf: [] }])
  await expect(citizens.removeContact(idOf(entity), idOf(person), saodat)).rejects.toMatchObject({
    code: 'notFound',
  })
  // Linked anew, nothing of the first time is in the way.
  await citizens.addContact(idOf(entity), { person: person.id, role: 'direktor' }, dilnoza)
})

test('the number of a legal entity has the entity among those who may be calling', async () => {
  const number = newNumber()
  const entity = await newCard({ name: 'Nur MChJ', kind: 'legalEntity' }, number)
  expect((await citizens.callersOf(number)).candidates).toMatchObject([
    { id: entity.id, kind: 'legalEntity' },
  ])
})

test('a contact whose card was merged is shown as the card that was kept', async () => {
  const entity = await newCard({ name: 'Baraka MChJ', kind: 'legalEntity' })
  const [kept, other] = [await newCard({ name: 'Aziza' }), await newCard({ name: 'Aziza' })]
  await citizens.addContact(idOf(entity), { person: other.id, role: 'direktor' }, dilnoza)
  await citizens.merge(idOf(kept), { other: other.id, basedOn: 1, otherBasedOn: 1 }, saodat)
  expect((await citizens.card(idOf(entity))).contacts).toMatchObject([{ id: kept.id, role: 'direktor' }])
  expect((await citizens.card(idOf(kept))).contactOf).toMatchObject([{ id: entity.id }])
  expect((await citizens.removeContact(idOf(entity), idOf(kept), dilnoza)).contacts).toEqual([])
})

test('a contact is a person of an entity, and it is said what he is there', async () => {
  const [entity, person] = [await newCard({ name: 'Ziyo', kind: 'legalEntity' }), await newCard()]
  const link = (to: CitizenCard, who: string, role = 'direktor') =>
    citizens.addContact(idOf(to), { person: who, role }, dilnoza)
  await expect(link(person, entity.id)).rejects.toMatchObject({ code: 'wrongStatus' })
  await expect(link(entity, entity.id)).rejects.toMatchObject({ code: 'wrongStatus' })
  await expect(link(entity, person.id, ' \n ')).rejects.toMatchObject({ code: 'badInput' })
  await expect(link(entity, randomUUID())).rejects.toMatchObject({ code: 'notFound' })
})

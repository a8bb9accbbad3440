import pino from 'pino'
import { expect, test } from 'vitest'
import type { KnowledgeForm } from '#contract/knowledge.ts'
import type { KnowledgeOrder } from '#core/knowledge/knowledge-status.ts'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { MIGRATIONS, migrate } from '../database/migrate.ts'
import { testDatabase } from '../database/test-database.ts'
import { addStaffMember, withHashedPasswords } from '../staff/service.ts'
import { knowledgeImport } from './import.ts'
import { itemService, type Reader } from './items.ts'
import { keepOutdatedWords } from './search.ts'
import { addDemoKnowledge, knowledgeService } from './service.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })
await db.transaction().execute(addDemoKnowledge)
const { unknownTopics } = await knowledgeService(db)
let today = Date.parse('2026-05-02T06:00:00Z')
const items = itemService({ db, log, unknownTopics, now: () => today })
const [editor, officer, agent] = await Promise.all([person('editor'), person('officer'), person('agent')])

async function person(role: Role): Promise<Reader> {
  const [hashed] = await withHashedPasswords([
    { login: `the-${role}`, name: `The ${role}`, role, languages: ['uz'], queues: [], password: 'x' },
  ])
  const id = await db
    .transaction()
    .execute((trx) => addStaffMember(trx, hashed as NonNullable<typeof hashed>))
  return { id, role }
}

function aForm(title: string, text: string, rest: Partial<KnowledgeForm> = {}): KnowledgeForm {
  return {
    content: { uz: { title, text } },
    topics: ['02'],
    basis: '',
    owner: null,
    validFrom: null,
    validUntil: null,
    mustRead: false,
    ...rest,
  }
}

async function anArticle(form: KnowledgeForm, orders: KnowledgeOrder[] = ['approve', 'publish']) {
  const { id } = await items.add({ kind: 'article', form }, editor)
  await ordered(id, 1, orders)
  return id as KnowledgeItemId
}

async function ordered(id: number, version: number, orders: KnowledgeOrder[]): Promise<void> {
  for (const order of orders)
    await items.order({ item: id as KnowledgeItemId, version }, order, order === 'approve' ? officer : editor)
}

const found = async (search: string) => (await items.answers({ search })).map(({ id }) => id)
const listed = (search: string, reader: Reader) =>
  items.list({ search, language: 'uz', limit: 50 }, reader).then((rows) => rows.map(({ id }) => id))

test.each([
  ["ro'yxatdan", 'an apostrophe from the keyboard'],
  ['roʻyxatdan', 'the right letter'],
  ['royxatdan', 'no apostrophe at all'],
  ['РЎЙХАТДАН', 'Uzbek in Cyrillic'],
  ['зарегистрироваться', 'Russian'],
  ['зарегестрироваться', 'Russian with a mistake'],
  ['qachon royxatdan', 'two words of the question'],
  ['roxyatdan', 'two letters swapped'],
  ['ruyxatdan qachn', 'two mistakes in two words'],
])('"%s" finds how to register: %s', async (search) => {
  expect((await items.answers({ search })).flatMap(({ topics }) => topics)).toContain('01.01.01')
})

test('what asks the words comes before what only answers with them', async () => {
  const answers = await items.answers({ search: 'ruxsatnoma' })
  const asks = answers.map(({ content }) => /ruxsatnoma/i.test(content.uz?.title ?? ''))
  expect(asks.indexOf(false) === -1 || asks.lastIndexOf(true) < asks.indexOf(false)).toBe(true)
  expect(answers.length).toBeGreaterThan(2)
})

test('an answer comes in the language it is asked in alone; where it is not written in it, in all it has', async () => {
  const languages = async (language?: 'ru' | 'en') => {
    const answers = await items.answers({ search: 'ruxsatnoma', ...(language && { language }) })
    return answers.map(({ content }) => Object.keys(content).toSorted().join())
  }
  expect(new Set(await languages())).toEqual(new Set(['ru,uz']))
  expect(new Set(await languages('ru'))).toEqual(new Set(['ru']))
  expect(new Set(await languages('en'))).toEqual(new Set(['ru,uz']))
  const ids = async (language?: 'ru') =>
    (await items.answers({ search: 'ruxsatnoma', ...(language && { language }) })).map(({ id }) => id)
  expect(await ids('ru')).toEqual(await ids())
})

test('a topic shows its own questions and those below it', async () => {
  expect((await items.answers({})).length).toBe(40)
  const below = await items.answers({ topic: '01.01' })
  expect(below.length).toBeGreaterThan(1)
  expect(below.every(({ topics }) => topics.some((code) => code.startsWith('01.01')))).toBe(true)
  expect(await items.answers({ topic: '01', search: "yo'q bunday narsa" })).toEqual([])
})

test('an article is read only once the officer has approved it and the editor has published it', async () => {
  const id = await anArticle(aForm('Stipendiyalar haqida', 'Stipendiya har oyda beriladi.'), [])
  expect(await found('stipendiyalar haqida')).not.toContain(id)
  await expect(items.card(id, agent)).rejects.toMatchObject({ code: 'notFound' })
  expect(await listed('stipendiyalar', agent)).not.toContain(id)
  expect(await listed('stipendiyalar', officer)).toContain(id)

  const version = { item: id, version: 1 }
  await expect(items.order(version, 'publish', editor)).rejects.toMatchObject({ code: 'wrongStatus' })
  await expect(items.order(version, 'approve', editor)).rejects.toMatchObject({ code: 'notAllowed' })
  await ordered(id, 1, ['approve', 'publish'])
  expect(await found('stipendiyalar haqida')).toContain(id)
  const card = await items.card(id, agent)
  expect(card.versions[0]).toMatchObject({
    status: 'published',
    approved: { by: 'The officer' },
    published: { by: 'The editor' },
    owner: { name: 'The editor' },
  })
})

test('until a newer version is published the older one is read, and the search follows', async () => {
  const id = await anArticle(aForm('Yotoqxona', 'Yotoqxona oldingi matn olma'))
  await items.save(id, { basedOn: 1, form: aForm('Yotoqxona', 'Yotoqxona yangi matn anor') }, editor)
  expect((await items.card(id, agent)).versions.map(({ version }) => version)).toEqual([1])
  expect(await found('anor')).toEqual([])
  await ordered(id, 2, ['approve', 'publish'])
  expect(await found('anor')).toEqual([id])
  expect(await found('yotoqxona olma')).toEqual([])
  const { versions } = await items.card(id, agent)
  expect(versions.map(({ version, status }) => [version, status])).toEqual([
    [2, 'published'],
    [1, 'replaced'],
  ])
  await ordered(id, 2, ['withdraw'])
  expect(await found('anor')).toEqual([])
})

test('saving over a draft keeps the draft, and whoever has not seen the newest is refused', async () => {
  const id = await anArticle(aForm('Imtiyozlar', 'birinchi'), ['approve'])
  await items.save(id, { basedOn: 1, form: aForm('Imtiyozlar', 'ikkinchi') }, editor)
  const late = items.save(id, { basedOn: 1, form: aForm('Imtiyozlar', 'boshqa') }, editor)
  await expect(late).rejects.toMatchObject({ code: 'changedMeanwhile' })
  const { versions } = await items.card(id, editor)
  expect(versions.map(({ version, status }) => [version, status])).toEqual([
    [2, 'draft'],
    [1, 'replaced'],
  ])
})

test('two who save at the same moment: one is kept, the other is told', async () => {
  const id = await anArticle(aForm('Birga', 'matn'), [])
  const saves = ['a', 'b', 'c'].map((text) =>
    items.save(id, { basedOn: 1, form: aForm('Birga', text) }, editor),
  )
  const outcomes = await Promise.allSettled(saves)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await items.card(id, editor)).versions).toHaveLength(2)
})

test('what is not in force today is not read out', async () => {
  const id = await anArticle(
    aForm('Muddatli eʼlon', 'Faqat uch kun', { validFrom: '2026-05-01', validUntil: '2026-05-03' }),
  )
  expect(await found('muddatli elon')).toContain(id)
  today = Date.parse('2026-05-03T20:00:00Z')
  expect(await found('muddatli elon')).not.toContain(id)
  today = Date.parse('2026-05-02T06:00:00Z')
})

test('hostile text is kept as text', async () => {
  const text = `<script>alert(1)</script> =HYPERLINK("x") 😀 \u202eteskari\u202c \0 ${'uzun '.repeat(19_900)}`
  const id = await anArticle(aForm('Bir\nqator\u202e <b>', text))
  const [version] = (await items.card(id, agent)).versions
  expect(version?.content.uz?.title).toBe('Bir qator <b>')
  expect(version?.content.uz?.text).toBe(text.replace('\0', ''))
  const answer = (await items.answers({ search: 'teskari hyperlink' })).find((one) => one.id === id)
  expect(answer?.isWhole).toBe(false)
})

test.each([
  [aForm('', 'matn'), 'titleMissing'],
  [aForm('Sarlavha', ' '), 'textMissing'],
  [aForm('Sarlavha', 'matn', { topics: ['99'] }), 'there is no 99'],
  [aForm('Sarlavha', 'matn', { owner: '00000000-0000-4000-8000-000000000000' }), 'owner'],
])('a form that is not whole is refused: %#', async (form, why) => {
  await expect(items.add({ kind: 'law', form }, editor)).rejects.toMatchObject({ code: 'badInput' })
  await expect(items.add({ kind: 'law', form }, editor)).rejects.toThrow(why)
})

test('of a table every row is taken over as a draft or refused with its reason', async () => {
  const importRows = knowledgeImport({ db, log, items, unknownTopics })
  const rows = [
    { row: 2, cells: { Kod: '02', Savol: 'Chet eldagi talaba qayerda topshiradi?', Javob: 'Elchixonada.' } },
    { row: 3, cells: { Kod: '02', Savol: 'ЧЕТ ЭЛДАГИ ТАЛАБА ҚАЕРДА ТОПШИРАДИ', Javob: 'Yana.' } },
    { row: 4, cells: { Kod: '99', Savol: 'Nima?', Javob: 'Hech nima.' } },
    { row: 5, cells: {} },
  ]
  const report = await importRows({ rows }, editor)
  expect(report.added.map(({ row }) => row)).toEqual([2])
  expect(report.refused).toEqual([
    { row: 3, problem: 'knownAlready' },
    { row: 4, problem: 'topicUnknown' },
    { row: 5, problem: 'empty' },
  ])
  const [draft] = (await items.card(report.added[0]?.id as KnowledgeItemId, editor)).versions
  expect(draft).toMatchObject({ status: 'draft', topics: ['02'] })
  expect(await importRows({ rows: rows.slice(0, 1) }, editor)).toEqual({
    added: [],
    refused: [{ row: 2, problem: 'knownAlready' }],
  })
})

test('the FAQ of an older version becomes knowledge, with nothing lost', async () => {
  const { db: old, pool } = await testDatabase()
  await pool.query('drop schema public cascade; create schema public')
  await migrate(
    pool,
    MIGRATIONS.filter(({ name }) => name < '0011'),
  )
  await pool.query(`insert into topics (code, level, names) values ('05', 1, '{"uz": "a", "ru": "b"}')`)
  await pool.query(`insert into faq_entries (topic, questions, answers, basis) values
    ('05', '{"uz": "Eski savol?", "ru": "Старый вопрос?"}', '{"uz": "Eski javob", "ru": "Старый ответ"}', 'S7')`)
  await migrate(pool)
  expect(await keepOutdatedWords(old)).toBe(1)
  const moved = itemService({ db: old, log, unknownTopics: () => [] })
  const [answer] = await moved.answers({ search: 'старый ответ' })
  expect(answer).toMatchObject({
    id: 1,
    kind: 'faq',
    topics: ['05'],
    content: {
      uz: { title: 'Eski savol?', text: 'Eski javob' },
      ru: { title: 'Старый вопрос?', text: 'Старый ответ' },
    },
  })
  expect((await moved.card(1 as KnowledgeItemId, agent)).versions[0]?.basis).toBe('S7')
  const next = await moved.list({ language: 'uz', limit: 10 }, agent)
  expect(next.map(({ id }) => id)).toEqual([1])
})

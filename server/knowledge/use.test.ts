import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { KnowledgeForm } from '#contract/knowledge.ts'
import type { CallId, KnowledgeItemId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { addStaffMember, withHashedPasswords } from '../staff/service.ts'
import { itemService, type Reader } from './items.ts'
import { knowledgeUse } from './use.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })
const items = itemService({ db, log, unknownTopics: () => [] })
const use = knowledgeUse({ db, log, items })
const [editor, officer, agent, other, supervisor] = await Promise.all([
  person('editor'),
  person('officer'),
  person('agent'),
  person('agent', 'other'),
  person('supervisor'),
])

async function person(role: Role, login = `the-${role}`): Promise<Reader> {
  const [hashed] = await withHashedPasswords([
    { login, name: login, role, languages: ['uz'], queues: [], password: 'x' },
  ])
  const id = await db
    .transaction()
    .execute((trx) => addStaffMember(trx, hashed as NonNullable<typeof hashed>))
  return { id, role }
}

async function aCallOf({ id }: Reader): Promise<CallId> {
  const call = randomUUID() as string as CallId
  await db
    .insertInto('calls')
    .values({
      ...{ id: call, node: 'n1', did: '1195', caller_raw: '', caller_confidence: 'none' },
      ...{ status: 'talking', agent: id, arrived_at: new Date() },
    })
    .execute()
  return call
}

const aForm = (title: string, mustRead = false): KnowledgeForm => ({
  content: { uz: { title, text: `${title} haqida` } },
  topics: [],
  basis: '',
  owner: null,
  validFrom: null,
  validUntil: null,
  mustRead,
})

async function published(form: KnowledgeForm): Promise<KnowledgeItemId> {
  const { id } = await items.add({ kind: 'article', form }, editor)
  await publish(id as KnowledgeItemId, 1)
  return id as KnowledgeItemId
}

async function publish(item: KnowledgeItemId, version: number): Promise<void> {
  await items.order({ item, version }, 'approve', officer)
  await items.order({ item, version }, 'publish', editor)
}

test('a call keeps which version its agent had on screen, also when there is a newer one', async () => {
  const item = await published(aForm('Birinchi'))
  const call = await aCallOf(agent)
  await use.shown({ item, version: 1 }, call, agent)
  await use.shown({ item, version: 1 }, call, agent)
  await items.save(item, { basedOn: 1, form: aForm('Ikkinchi') }, editor)
  await publish(item, 2)
  for (const reader of [agent, supervisor]) {
    const shown = await use.ofCall(call, reader)
    expect(shown.map(({ id, version, title, agentName }) => ({ id, version, title, agentName }))).toEqual([
      { id: item, version: 1, title: 'Birinchi', agentName: 'the-agent' },
    ])
  }
})

test('nobody writes into another agent’s call, nor what was never published', async () => {
  const item = await published(aForm('Oʻzga'))
  const call = await aCallOf(agent)
  await expect(use.shown({ item, version: 1 }, call, other)).rejects.toMatchObject({ code: 'notAllowed' })
  await expect(use.ofCall(call, other)).rejects.toMatchObject({ code: 'notAllowed' })
  await expect(use.shown({ item, version: 2 }, call, agent)).rejects.toMatchObject({ code: 'notFound' })
  const nowhere = randomUUID() as string as CallId
  await expect(use.shown({ item, version: 1 }, nowhere, agent)).rejects.toMatchObject({ code: 'notFound' })
})

test('each has one vote, and the last word counts', async () => {
  const item = await published(aForm('Foydali'))
  const id = { item, version: 1 }
  await use.vote(id, true, agent)
  await use.vote(id, false, agent)
  await use.vote(id, true, other)
  expect(await use.of(item, agent)).toMatchObject({ useful: 1, notUseful: 1, myVote: false, readers: null })
})

test('what must be read is shown until it has been read, and again in its next version', async () => {
  const item = await published(aForm('Muhim', true))
  const ids = async (reader: Reader) => (await use.toRead(reader)).map(({ id }) => id)
  expect(await ids(agent)).toContain(item)
  await use.acknowledge({ item, version: 1 }, agent)
  expect(await ids(agent)).not.toContain(item)
  expect(await ids(other)).toContain(item)
  const { readers } = await use.of(item, editor)
  expect(readers?.find(({ name }) => name === 'the-agent')?.at).toEqual(expect.any(Number))
  expect(readers?.find(({ name }) => name === 'other')?.at).toBeNull()

  await items.save(item, { basedOn: 1, form: aForm('Muhim, yangi', true) }, editor)
  await publish(item, 2)
  expect(await ids(agent)).toContain(item)
})

test('what was read long ago leaves room for what is new, however much there is (4)', async () => {
  const kinds = Array.from({ length: 55 }, () => ({ kind: 'article' as const }))
  const many = await db.insertInto('knowledge_items').values(kinds).returning('id').execute()
  const { content } = aForm('Eski')
  const version = { version: 1, status: 'published' as const, content: JSON.stringify(content), topics: [] }
  await db
    .insertInto('knowledge_versions')
    .values(many.map(({ id: item }) => ({ ...version, item, must_read: true, published_at: new Date() })))
    .execute()
  expect(await use.toRead(agent)).toHaveLength(50)
  const read = many.map(({ id: item }) => ({ item, version: 1, staff: agent.id }))
  await db.insertInto('knowledge_readings').values(read).execute()
  const last = await published(aForm('Eng yangisi', true))
  expect((await use.toRead(agent)).map(({ id }) => id)).toContain(last)
})

test('a search that found nothing is counted, whatever the script, and only if it is true', async () => {
  await published(aForm('Yotoqxona'))
  for (const search of ["yo'l haqi", 'йўл ҳақи', 'yotoqxona', 'AA1234567']) await use.missed(search)
  const misses = await use.misses()
  expect(misses.map(({ words, times }) => ({ words, times }))).toEqual([{ words: 'йўл ҳақи', times: 2 }])
  await use.dealWithMiss(misses[0]?.id ?? 0)
  expect(await use.misses()).toEqual([])
  await expect(use.dealWithMiss(1)).rejects.toMatchObject({ code: 'notFound' })
})

import pino from 'pino'
import { expect, test } from 'vitest'
import { checkFlow } from '#core/ivr/check-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { SkillId, TrunkId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { testDatabase } from '../database/test-database.ts'
import { queueService } from '../queues/service.ts'
import { staffService } from '../staff/service.ts'
import { DEMO_QUEUES } from './queues.ts'
import { callDemoCitizensAt, type DemoSignIn, seedDemoOrganisation } from './seed.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })
const kept: DemoSignIn[][] = []
const seed = () => seedDemoOrganisation({ db, log, keepSignIns: (signIns) => void kept.push([...signIns]) })

test('when the sign-ins cannot be written down, nothing is set up', async () => {
  const full = () => Promise.reject(new Error('disk full'))
  await expect(seedDemoOrganisation({ db, log, keepSignIns: full })).rejects.toThrow('disk full')
  expect(await db.selectFrom('staff_members').select('id').execute()).toEqual([])
})

test('an empty database is filled once, however many start at once', async () => {
  const made = await Promise.all([seed(), seed()])
  expect(made.filter(Boolean)).toHaveLength(1)
  expect(await seed()).toBeUndefined()
  expect(kept).toEqual(made.filter(Boolean))
})

test('forty agents, two supervisors, and one of each other role can sign in', async () => {
  const signIns = kept[0] ?? []
  const counts = Object.entries(Object.groupBy(signIns, ({ role }) => role)).map(([role, people]) => [
    role,
    people.length,
  ])
  expect(Object.fromEntries(counts)).toEqual({
    agent: 40,
    supervisor: 2,
    editor: 1,
    officer: 1,
    administrator: 1,
    chancellery: 1,
  })
  const staff = staffService({ db, log })
  for (const { login, password, name } of signIns.filter(({ login }) =>
    /^(agent1|agent40|officer)$/.test(login),
  )) {
    const { me } = await staff.signIn({ login, password }, { address: '127.0.0.1', userAgent: '' })
    expect(me).toMatchObject({ name, organisation: 'Bilim va malakalarni baholash agentligi' })
  }
})

test('every password has a salt of its own, and none is kept in the clear', async () => {
  const rows = await db.selectFrom('staff_members').select('password_hash').execute()
  expect(new Set(rows.map((row) => row.password_hash)).size).toBe(46)
  expect(kept[0]?.[0]?.password).toMatch(/^[A-Za-z0-9]{16}$/)
  expect(JSON.stringify(rows)).not.toContain(kept[0]?.[0]?.password)
})

test('every queue has agents in every language; the first two agents serve everything', async () => {
  const agents = await staffService({ db, log }).agents()
  for (const { id } of DEMO_QUEUES) {
    for (const language of CALL_LANGUAGES) {
      const serving = agents.filter(
        ({ queues, skills }) => queues.includes(id) && skills[language as string as SkillId],
      )
      expect(serving.length, `${id} ${language}`).toBeGreaterThanOrEqual(5)
    }
  }
  const byLogin = await db
    .selectFrom('staff_members')
    .select('id')
    .where('login', 'in', ['agent1', 'agent2'])
    .execute()
  for (const { id } of byLogin) {
    const agent = agents.find((each) => each.id === id)
    expect(agent?.queues).toHaveLength(DEMO_QUEUES.length)
    expect(agent?.skills).toEqual({ uz: 100, ru: 100, appeals: 100, tech: 100 })
  }
  const spoken = await db.selectFrom('staff_members').select('languages').execute()
  expect(spoken).toContainEqual({ languages: ['ru'] })
})

test('every queue has settings of a first version, and nothing is wrong with any of them', async () => {
  const rows = await queueService({ db, log }).list()
  expect(rows.map(({ queue, version, problems }) => ({ queue, version, problems }))).toEqual(
    DEMO_QUEUES.map(({ id }) => ({ queue: id, version: 1, problems: [] })),
  )
  const saved = await db
    .selectFrom('events')
    .select('type')
    .where('type', '=', 'queueSettingsSaved')
    .execute()
  expect(saved).toHaveLength(DEMO_QUEUES.length)
})

test('the flow is published and could be published again: nothing is wrong with it', async () => {
  const flow = await db.selectFrom('flow_versions').selectAll().executeTakeFirstOrThrow()
  expect(flow).toMatchObject({ flow: 'main', version: 1, status: 'published' })
  const queues = DEMO_QUEUES.map(({ id }) => id)
  expect(checkFlow(flow.body as Flow, { queues, languages: CALL_LANGUAGES })).toEqual([])
})

test('the trunk takes three hundred calls from this machine, for the short number and its city number', async () => {
  const trunk = await db.selectFrom('trunks').selectAll().executeTakeFirstOrThrow()
  expect(trunk).toMatchObject({
    id: 'demo',
    peer_addresses: ['127.0.0.1'],
    did_patterns: ['1195', '+998712351195', '998712351195'],
    max_calls: 300,
    codecs: ['alaw', 'ulaw'],
  })
})

test('simulated citizens are called back where the copy stands now, unless the trunk was given another way out', async () => {
  const wayOut = async () =>
    (
      await db
        .selectFrom('trunks')
        .select('outbound_uri')
        .where('id', '=', 'demo' as TrunkId)
        .executeTakeFirst()
    )?.outbound_uri
  await callDemoCitizensAt(db, 8004)
  await callDemoCitizensAt(db, 9004)
  expect(await wayOut()).toBe('sip:{digits}@127.0.0.1:9004')
  await db.updateTable('trunks').set({ outbound_uri: 'sip:{e164}@op.uz' }).execute()
  await callDemoCitizensAt(db, 8004)
  expect(await wayOut()).toBe('sip:{e164}@op.uz')
})

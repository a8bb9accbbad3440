/** The guided script from its table to a call's card, with a real PostgreSQL. */
import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { ScriptCard, ScriptRow, ScriptVersion } from '#contract/scripts.ts'
import type { AgentId, CallId, StaffId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { addStepAfter, removeStep } from '#core/scripts/edit-script.ts'
import type { Script } from '#core/scripts/script.ts'
import type { Role } from '#core/staff/permissions.ts'
import { callCard } from '../calls/call-card.ts'
import type { CallEvent } from '../calls/events.ts'
import { writeEvents } from '../calls/projection.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { scriptRoutes } from './routes.ts'
import { scriptService } from './service.ts'
import { insertVersion } from './store.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const NOW = Date.UTC(2026, 10, 23, 9)
const CALL = '00000000-0000-4000-8000-000000000001' as CallId

test('a copy without a script begins with the demo’s, and keeps the newest it has', async () => {
  expect((await scriptService({ db, log })).published()).toEqual({
    key: 'call',
    version: 1,
    body: DEMO_SCRIPT,
  })
  const next = { key: 'call', version: 2, body: { ...DEMO_SCRIPT, rules: [] } }
  await insertVersion(db, next)
  expect((await scriptService({ db, log })).published()).toEqual(next)
})

test('what was ticked is on the call’s card, in the version that the agent had before him', async () => {
  const staff = { login: 'dilnoza', name: 'Dilnoza', role: 'agent' as const, languages: ['uz' as const] }
  const { id } = await db
    .insertInto('staff_members')
    .values({ ...staff, password_hash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const agent: AgentId = id
  const names = '{"uz":"a","ru":"b"}'
  const topic = {
    code: '01' as TopicCode,
    parent: null,
    level: 1,
    names,
    default_kind: null,
  }
  await db.insertInto('topics').values(topic).execute()
  const done = [
    { step: 'greeting', branch: null, at: NOW },
    { step: 'clarification', branch: 'question' },
    { step: 'answer', branch: 'resolved' },
    { step: 'conflict', branch: null },
  ]
  const script = { key: 'call', version: 1, done }
  await tell(
    {
      type: 'callArrived',
      call: CALL,
      node: 'n1',
      trunk: 'demo' as TrunkId,
      did: '1195',
      caller: { raw: '998901234567', confidence: 'high' },
      legs: { citizen: '/spool/citizen.alaw', agent: '/spool/agent.alaw' },
    },
    { type: 'callConnected', call: CALL, agent },
    { type: 'callEnded', call: CALL, endedBy: 'citizen', talkSeconds: 60, holdSeconds: 0, cause: 16 },
    { type: 'callWrappedUp', call: CALL, agent, outcome: 'resolved', topics: [topic.code], note: '', script },
  )
  const card = await callCard(db, CALL)
  const read = card?.legs[0]?.script
  expect(read).toMatchObject({ version: 1, names: DEMO_SCRIPT.names })
  expect(read?.steps.map(({ title, isDone, branch }) => [title.uz, isDone, branch?.uz])).toEqual([
    ['Salomlashish', true, undefined],
    ['Ism', false, undefined],
    ['Aniqlashtirish', true, 'Umumiy savol'],
    ['Javob', true, 'Hal boʻldi'],
    ['Yakunlash', false, undefined],
    ['Nizoli suhbat', true, undefined],
  ])
  expect(read?.steps.map(({ at }) => at)).toEqual([NOW, null, null, null, null, null])
  // The story of the call does not repeat it.
  expect(JSON.stringify(card?.timeline)).not.toContain('conflict')
})

async function tell(...events: CallEvent[]): Promise<void> {
  const recorded = events.map((event, place) => ({ ...event, at: NOW + place * 1000, key: `test:${place}` }))
  const nothing = async () => undefined
  await writeEvents(db, recorded, {
    callEnded: nothing,
    messageLeft: nothing,
    citizenLostByUs: nothing,
    callDisputed: nothing,
    citizenNamed: nothing,
  })
}

// Editing -------------------------------------------------------------------------

const people = new Map<string, { id: StaffId; role: Role }>()
const app = await openHttp({
  log,
  staffOf: async (token) => {
    const person = people.get(token)
    return person && { ...person, name: token, signIn: token }
  },
  health: async () => ({}),
})
for (const role of ['supervisor', 'editor', 'administrator', 'agent'] as const) {
  const person = { login: role, name: role, role, languages: ['uz' as const], password_hash: '-' }
  const added = await db.insertInto('staff_members').values(person).returning('id').executeTakeFirstOrThrow()
  people.set(role, { id: added.id, role })
}
let scripts = await scriptService({ db, log })
await app.register(
  scriptRoutes({
    published: () => scripts.published(),
    versions: () => scripts.versions(),
    version: (version) => scripts.version(version),
    saveDraft: (draft, by) => scripts.saveDraft(draft, by),
    discardDraft: (by) => scripts.discardDraft(by),
    publish: (basedOn, by) => scripts.publish(basedOn, by),
    restore: (version, by) => scripts.restore(version, by),
  }),
  { prefix: '/api' },
)
afterAll(() => app.close())
beforeEach(async () => {
  await db.deleteFrom('scripts').execute()
  scripts = await scriptService({ db, log })
})

async function ask<Body = unknown>(
  who: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
) {
  const answer = await app.inject({
    method,
    url: `/api/script${path}`,
    cookies: { javob: who },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: (answer.body ? answer.json() : null) as Body & { code?: string } }
}
const save = (body: Script, basedOn: number | null = null, who = 'supervisor') =>
  ask<ScriptCard>(who, 'PUT', '/draft', { basedOn, body })
const publish = (basedOn: number) => ask<ScriptRow[]>('supervisor', 'POST', '/draft/publish', { basedOn })
const numbers = async () =>
  (await ask<ScriptRow[]>('supervisor', 'GET', '/versions')).body.map(({ version, restored }) => [
    version,
    restored,
  ])
const changed: Script = { ...DEMO_SCRIPT, rules: [] }

test('a draft is kept with its faults and changes nothing for agents; published, calls have it from then on', async () => {
  const faulty = await save(addStepAfter(DEMO_SCRIPT, 'greeting'))
  expect(faulty.body).toMatchObject({ version: 0, publishedAt: null, savedByName: 'supervisor' })
  const refused = await ask<{ problems: { row: string; field: string; code: string }[] }>(
    'supervisor',
    'POST',
    '/draft/publish',
    { basedOn: faulty.body.savedAt },
  )
  expect(refused.status).toBe(422)
  expect(refused.body.problems[0]).toMatchObject({ row: 'step1', field: 'title.uz', code: 'required' })
  expect((await ask<ScriptVersion>('agent', 'GET', '')).body).toEqual({
    key: 'call',
    version: 1,
    body: DEMO_SCRIPT,
  })

  const good = await save(changed, faulty.body.savedAt)
  expect((await publish(faulty.body.savedAt)).body.code).toBe('changedMeanwhile')
  expect((await publish(good.body.savedAt)).status).toBe(200)
  expect((await ask<ScriptVersion>('agent', 'GET', '')).body).toMatchObject({
    version: 2,
    body: { rules: [] },
  })
  expect(await numbers()).toEqual([
    [2, null],
    [1, null],
  ])
  // Also after a restart.
  expect((await scriptService({ db, log })).published().version).toBe(2)
})

test('of two who edit at once the second is told, and nothing is written over', async () => {
  const both = await Promise.all([save(changed), save(removeStep(DEMO_SCRIPT, 'name'), null, 'editor')])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { savedAt } = (await ask<ScriptCard>('editor', 'GET', '/versions/0')).body
  const again = await Promise.all([save(changed, savedAt), save(changed, savedAt, 'editor')])
  expect(again.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('an older version is brought back as the newest, and a draft beside it stays', async () => {
  await publish((await save(changed)).body.savedAt)
  const draft = await save(removeStep(DEMO_SCRIPT, 'name'))
  const restored = await ask<ScriptRow[]>('administrator', 'POST', '/versions/1/restore', {})
  expect(restored.status).toBe(200)
  expect(await numbers()).toEqual([
    [0, null],
    [3, 1],
    [2, null],
    [1, null],
  ])
  expect(scripts.published()).toEqual({ key: 'call', version: 3, body: DEMO_SCRIPT })
  expect((await publish(draft.body.savedAt)).body[0]).toMatchObject({
    version: 4,
    publishedByName: 'supervisor',
  })
  expect((await ask('supervisor', 'POST', '/versions/0/restore', {})).status).toBe(404)
  expect((await ask('supervisor', 'POST', '/versions/9/restore', {})).status).toBe(404)
})

test('a draft can be thrown away', async () => {
  await save(changed)
  await ask('editor', 'DELETE', '/draft')
  expect(await numbers()).toEqual([[1, null]])
  expect((await ask('editor', 'DELETE', '/draft')).status).toBe(404)
})

test('words are kept as they were written, and what no script can be is refused', async () => {
  const odd = '<script>alert(1)</script> 😀 \u202eשלום\u0000 {citizen}'
  const [first, ...others] = DEMO_SCRIPT.steps
  const body = { ...DEMO_SCRIPT, steps: [{ ...first, title: { uz: odd, ru: odd } }, ...others] } as Script
  const saved = await save(body)
  expect(saved.body.body.steps[0]?.title.uz).toBe(odd.replaceAll('\u0000', ''))
  expect((await publish(saved.body.savedAt)).status).toBe(200)
  const long = { ...DEMO_SCRIPT, names: { uz: 'x'.repeat(100_000), ru: 'x' } }
  expect((await save(long)).body.code).toBe('badInput')
  expect((await ask('editor', 'PUT', '/draft', { basedOn: null, body: { steps: 'none' } })).body.code).toBe(
    'badInput',
  )
})

test('agents read the script and nobody but those who write it changes it', async () => {
  for (const [who, mayChange] of [
    ['supervisor', true],
    ['editor', true],
    ['administrator', true],
    ['agent', false],
  ] as const)
    expect([who, (await ask(who, 'GET', '/versions')).status]).toEqual([who, mayChange ? 200 : 403])
  expect((await ask('agent', 'PUT', '/draft', { basedOn: null, body: changed })).status).toBe(403)
  expect((await ask('nobody', 'GET', '')).status).toBe(401)
})

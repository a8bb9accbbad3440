/** The guided script from its table to a call's card, with a real PostgreSQL. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { callCard } from '../calls/call-card.ts'
import type { CallEvent } from '../calls/events.ts'
import { writeEvents } from '../calls/projection.ts'
import { testDatabase } from '../database/test-database.ts'
import { scriptService } from './service.ts'
import { insertVersion } from './store.ts'

const { db } = await testDatabase()
const NOW = Date.UTC(2026, 10, 23, 9)
const CALL = '00000000-0000-4000-8000-000000000001' as CallId

test('a copy without a script begins with the demo’s, and keeps the newest it has', async () => {
  expect((await scriptService(db)).published()).toEqual({ key: 'call', version: 1, body: DEMO_SCRIPT })
  const next = { key: 'call', version: 2, body: { ...DEMO_SCRIPT, rules: [] } }
  await insertVersion(db, next)
  expect((await scriptService(db)).published()).toEqual(next)
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
    default_route: null,
  }
  await db.insertInto('topics').values(topic).execute()
  const done = [
    { step: 'greeting', branch: null },
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
    citizenNamed: nothing,
  })
}

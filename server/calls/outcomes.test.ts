import pino from 'pino'
import { expect, test } from 'vitest'
import type { OutcomeSettings } from '#contract/agents.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { testApp } from '../staff/test-app.ts'
import { outcomeRoutes, outcomeService } from './outcomes.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const { administrator, app } = await testApp(db, outcomeRoutes(outcomeService({ db, log })))

const read = async () =>
  (await app.inject({ url: '/api/call-outcomes', cookies: { javob: 'agent' } })).json<OutcomeSettings>()
const save = (payload: object, role: Role = 'administrator') =>
  app.inject({
    method: 'PUT',
    url: '/api/call-outcomes',
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    payload,
  })

test('outcomes get the organisation’s names and order, and who changed them is written down', async () => {
  const { changedAt, outcomes } = await read()
  expect(changedAt).toBeNull()
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['resolved', 'explained', 'unresolved', 'disputed'])
  const names = { uz: '<b>Yopildi</b>', ru: 'Закрыт' }
  const changed = outcomes.toReversed().map((row) => (row.outcome === 'resolved' ? { ...row, names } : row))
  expect((await save({ basedOn: changedAt, outcomes: changed }, 'supervisor')).statusCode).toBe(403)
  expect((await save({ basedOn: changedAt, outcomes: changed })).json()).toMatchObject({ outcomes: changed })
  expect((await read()).outcomes).toEqual(changed)
  const event = await db.selectFrom('events').selectAll().executeTakeFirstOrThrow()
  expect(event).toMatchObject({ type: 'callOutcomesChanged', actor: administrator })
  expect((await save({ basedOn: changedAt, outcomes })).json()).toMatchObject({ code: 'changedMeanwhile' })
})

test('outcomes of which one is missing or too few are offered are refused by row', async () => {
  const { changedAt, outcomes } = await read()
  const one = outcomes.slice(1).map((row) => ({ ...row, isOffered: false }))
  expect((await save({ basedOn: changedAt, outcomes: one })).json()).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [
      { row: 'disputed', field: 'outcome', code: 'required' },
      { row: '*', field: 'isOffered', code: 'tooFewOffered' },
    ],
  })
})

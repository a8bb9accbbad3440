import { beforeEach, expect, test } from 'vitest'
import { checklistOf } from '#core/appeals/checklist.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { dispatching } from './dispatching.ts'
import type { AppealPackage, Chancellery } from './ports.ts'
import { appealService } from './service.ts'
import { MONDAY_MORNING, testOffice } from './test-office.ts'

const { db } = await testDatabase()
const { appeals, clock, log, move, people, register } = await testOffice(db)
const HOUR_MS = 3_600_000

/** A chancellery's system that keeps what it got by key, and answers as badly as it is told to. */
const system = {
  taken: new Map<string, AppealPackage>(),
  requests: 0,
  answer: 'well' as 'well' | 'error' | 'nothing' | 'number',
}
const fakeChancellery: Chancellery = {
  async take(key, appeal) {
    system.requests++
    if (system.answer === 'error') throw new Error('away')
    system.taken.set(key, appeal)
    if (system.answer === 'nothing') throw new Error('the answer was lost')
    return { incomingNumber: system.answer === 'number' ? 'K-17/26' : null, receipt: 'qabul qilindi' }
  },
  test: async () => ({ answer: '' }),
}

const alarms: string[] = []
const details: string[] = []
const told: AppealId[] = []
const dispatches = dispatching({
  db,
  log,
  chancellery: async () => fakeChancellery,
  filesOf: async () => [],
  raiseAlarm: async ({ detail, kind, subject }) => {
    alarms.push(`${kind} ${subject}`)
    details.push(detail)
  },
  changed: (id) => void told.push(id),
  now: () => clock.now,
})

beforeEach(() => {
  clock.now = MONDAY_MORNING
  system.taken.clear()
  system.requests = 0
  system.answer = 'well'
  alarms.length = 0
  details.length = 0
  told.length = 0
})

async function dispatched(topic: string | null = '01') {
  const { id, number } = await register({ topic })
  const [desk, other] =
    topic === '03' ? (['officer', 'secondOfficer'] as const) : (['editor', 'supervisor'] as const)
  await move(id, 'classify', desk, { kind: 'application', topic: topic ?? '01' })
  await move(id, 'edit', desk)
  await move(id, 'write', desk, { text: 'Tahrirlangan matn' })
  await move(id, 'approve', other, { checked: [...checklistOf('application')] })
  await move(id, 'dispatch', desk)
  const { id: step } = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('appeal', '=', id as AppealId)
    .where('action', '=', 'dispatch')
    .executeTakeFirstOrThrow()
  return { id: id as AppealId, number, step }
}

const handedOver = async (id: AppealId) =>
  (await appeals.card(id, people.officer)).timeline.filter(({ type }) => type === 'appealHandedOver')

test('what was approved is handed over with its text, once, however often the work is done', async () => {
  const { id, number, step } = await dispatched()
  system.answer = 'number'
  for (let time = 0; time < 3; time++) await dispatches.send(step)
  expect([...system.taken]).toMatchObject([[step, { number, text: 'Tahrirlangan matn' }]])
  expect(system.requests).toBe(1)
  expect(await handedOver(id)).toMatchObject([{ note: 'K-17/26', receipt: 'qabul qilindi', actorName: null }])
  expect(told, 'open cards look again').toEqual([id])
})

test('a system that is away, and one whose answer is lost, get the same key again until they have said yes', async () => {
  const { id, step } = await dispatched()
  system.answer = 'error'
  await expect(dispatches.send(step)).rejects.toThrow(/away/)
  system.answer = 'nothing'
  await expect(dispatches.send(step)).rejects.toThrow(/lost/)
  expect(await handedOver(id), 'nobody says it is there before that is certain').toEqual([])
  system.answer = 'well'
  await dispatches.send(step)
  expect([...system.taken.keys()]).toEqual([step])
  expect(await handedOver(id)).toHaveLength(1)
})

test('twice at once it is written once', async () => {
  const { id, step } = await dispatched()
  await Promise.all([dispatches.send(step), dispatches.send(step)])
  expect([...system.taken.keys()]).toEqual([step])
  expect(await handedOver(id)).toHaveLength(1)
})

test('a dispatch that was sent back goes out again under a key of its own', async () => {
  const { id, step } = await dispatched()
  await move(id, 'sendBack', 'supervisor', { reason: 'Manzil yoʻq' })
  await dispatches.send(step)
  expect(system.requests, 'what is not dispatched any more is not sent').toBe(0)
  await move(id, 'write', 'editor', { text: 'Manzil bilan' })
  await move(id, 'approve', 'supervisor', { checked: [...checklistOf('application')] })
  await move(id, 'dispatch', 'editor')
  const second = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('appeal', '=', id)
    .where('action', '=', 'dispatch')
    .orderBy('place', 'desc')
    .executeTakeFirstOrThrow()
  await dispatches.send(second.id)
  expect([...system.taken]).toMatchObject([[second.id, { text: 'Manzil bilan' }]])
})

test('a report of corruption goes to no system', async () => {
  const { step } = await dispatched('03')
  await dispatches.send(step)
  expect(system.requests).toBe(0)
})

test('where the chancellery works in the console nothing is sent', async () => {
  const { step } = await dispatched()
  await dispatching({
    db,
    log,
    filesOf: async () => [],
    chancellery: async () => undefined,
    raiseAlarm: async () => undefined,
  }).send(step)
  expect(system.requests).toBe(0)
})

test('sent and not taken in within a day raises an alarm, taken in none', async () => {
  const { number } = await dispatched()
  const other = await dispatched()
  await move(other.id, 'receive', 'chancellery', { incomingNumber: 'K-1' })
  clock.now += 23 * HOUR_MS
  await dispatches.alarmUnreceived()
  expect(alarms.filter((alarm) => alarm.includes(number))).toEqual([])
  clock.now += 2 * HOUR_MS
  await dispatches.alarmUnreceived()
  expect(alarms).toContain(`appealNotReceived ${number}`)
  expect(alarms.some((alarm) => alarm.includes(other.number))).toBe(false)
})

test('of what a system has under a number of its own the alarm says so, and not that it has none', async () => {
  const { id, step } = await dispatched()
  system.answer = 'number'
  await dispatches.send(step)
  clock.now += 25 * HOUR_MS
  await dispatches.alarmUnreceived()
  const { number } = await appeals.card(id, people.officer)
  expect(details[alarms.indexOf(`appealNotReceived ${number}`)]).toContain('its system has it under K-17/26')
  await move(id, 'sendBack', 'supervisor', { reason: 'Manzil yoʻq' })
  await move(id, 'write', 'editor', { text: 'Manzil bilan' })
  await move(id, 'approve', 'supervisor', { checked: [...checklistOf('application')] })
  await move(id, 'dispatch', 'editor')
  clock.now += 25 * HOUR_MS
  await dispatches.alarmUnreceived()
  expect(
    details.at(alarms.lastIndexOf(`appealNotReceived ${number}`)),
    'sent anew it has none yet',
  ).toContain('no incoming number')
})

test('the move that dispatches and the wish to send it are one: both are there, or neither', async () => {
  const failing = appealService({
    db,
    log,
    now: () => clock.now,
    dispatched: async () => {
      throw new Error('the queue of work is away')
    },
  })
  const { id } = await register()
  await move(id, 'classify', 'editor', { kind: 'application', topic: '01' })
  await move(id, 'edit', 'editor')
  await move(id, 'write', 'editor', { text: 'x' })
  await move(id, 'approve', 'supervisor', { checked: [...checklistOf('application')] })
  const form = { requestKey: crypto.randomUUID(), action: 'dispatch' as const, version: 5, details: {} }
  await expect(failing.move(id as AppealId, form, people.editor)).rejects.toThrow(/away/)
  expect((await appeals.card(id as AppealId, people.editor)).status).toBe('approved')
  expect((await appeals.move(id as AppealId, form, people.editor)).status).toBe('dispatched')
})

/** What follows for an appeal when its citizen has the message that tells how it ended. */
import { Logger as WorkerLogger, runOnce } from 'graphile-worker'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { AppealId } from '#core/lib/ids.ts'
import { bringToChancellery, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { Refusal } from '../errors.ts'
import { portalStage } from '../portal/test-stage.ts'
import { messageJobs } from './jobs.ts'
import type { DeliveryReport } from './ports.ts'
import { messageRoutes } from './routes.ts'

const database = await testDatabase()
const { db, pool } = database
const { aPhone, file, office, portal } = await portalStage(database, await testOffice(db), ({ messages }) =>
  messageRoutes(messages),
)
const SILENT = new WorkerLogger(() => () => undefined)
const TOKEN = 'a-token-that-nobody-guesses'
const Reports = z.array(z.object({ id: z.string(), action: z.enum(['deliver', 'bounce']) }))

/** The worker, until nothing waits that messages are. */
async function work(): Promise<void> {
  const taskList = messageJobs(portal.messages)
  await runOnce({ pgPool: pool, taskList, noHandleSignals: true, logger: SILENT })
}

/** A gateway that tells afterwards what became of a message. */
function withReports(): void {
  portal.gateway.reports = {
    token: TOKEN,
    read(body) {
      const read = Reports.safeParse(body)
      if (!read.success) throw new Refusal('badInput', 'no report')
      return read.data
    },
  }
}

async function report(reports: readonly DeliveryReport[] | string, token = TOKEN): Promise<number> {
  const response = await portal.app.inject({
    method: 'POST',
    url: `/api/sms-reports/${token}`,
    payload: JSON.stringify(reports),
    headers: { 'content-type': 'application/json' },
  })
  return response.statusCode
}

async function filed(): Promise<AppealId> {
  const { number } = await file(portal.browser(), aPhone())
  const row = await db.selectFrom('appeals').select('id').where('number', '=', number).executeTakeFirst()
  return row?.id as AppealId
}

async function replied(): Promise<AppealId> {
  const id = await filed()
  await bringToChancellery(office, id)
  await portal.move(id, 'reply', office.people.chancellery, { result: 'explained', reply: 'Javob.' })
  return id
}

const cardOf = (id: AppealId) => office.appeals.card(id, office.people.officer)

async function messageOf(appeal: AppealId, kind = 'appealReplied') {
  return await db
    .selectFrom('messages')
    .select(['id', 'status'])
    .where('appeal', '=', appeal)
    .where('kind', '=', kind as 'appealReplied')
    .executeTakeFirstOrThrow()
}

async function eventsOf(appeal: AppealId, type: string): Promise<number> {
  const rows = await db
    .selectFrom('events')
    .select('id')
    .where('appeal', '=', appeal)
    .where('type', '=', type)
    .execute()
  return rows.length
}

test('where no gateway reports, the citizen was told when it has accepted the message; nobody presses a button', async () => {
  const id = await replied()
  expect((await cardOf(id)).status).toBe('replied')
  await work()
  const card = await cardOf(id)
  expect(card.status).toBe('notified')
  expect(card.moves.at(-1)).toMatchObject({ action: 'notify', by: null, details: { medium: 'sms' } })
  expect(await eventsOf(id, 'citizenNotified')).toBe(1)
})

test('to have been told of the number is not to have been told of the reply', async () => {
  const id = await filed()
  await work()
  expect((await messageOf(id, 'appealRegistered')).status).toBe('sent')
  expect((await cardOf(id)).status).toBe('registered')
})

test('where the gateway reports, only its report counts, once, however often and however many at once it comes', async () => {
  withReports()
  const id = await replied()
  await work()
  const message = await messageOf(id)
  expect([message.status, (await cardOf(id)).status]).toEqual(['sent', 'replied'])
  const delivered = [{ id: message.id, action: 'deliver' }] as const
  expect(await Promise.all([1, 2, 3].map(() => report(delivered)))).toEqual([200, 200, 200])
  await work()
  await report(delivered)
  await report([{ id: message.id, action: 'bounce' }])
  await work()
  await portal.messages.noteTold(message.id)
  expect((await messageOf(id)).status).toBe('delivered')
  expect((await cardOf(id)).moves.filter(({ action }) => action === 'notify')).toHaveLength(1)
  expect([await eventsOf(id, 'messageDelivered'), await eventsOf(id, 'citizenNotified')]).toEqual([1, 1])
})

test('of a message that did not reach the telephone nobody is told, and the appeal waits for somebody to tell him', async () => {
  withReports()
  const id = await replied()
  await work()
  const message = await messageOf(id)
  await report([{ id: message.id, action: 'bounce' }])
  await work()
  expect([(await messageOf(id)).status, (await cardOf(id)).status]).toEqual(['undelivered', 'replied'])
})

test('a report after a lost answer settles what was not certain', async () => {
  withReports()
  portal.gateway.answer = { outcome: 'unknown' }
  const id = await replied()
  await work()
  const message = await messageOf(id)
  expect(message.status).toBe('uncertain')
  await report([{ id: message.id, action: 'deliver' }])
  await work()
  expect((await cardOf(id)).status).toBe('notified')
})

test('who was told by hand is not told again, and an old message says nothing of a new reply', async () => {
  withReports()
  const [byHand, reopened] = [await replied(), await replied()]
  await work()
  const messages = [await messageOf(byHand), await messageOf(reopened)]
  await office.move(byHand, 'notify', 'chancellery', { medium: 'phone' })
  await office.move(reopened, 'reopen', 'officer', { reason: 'Yana' })
  await bringToChancellery(office, reopened)
  await office.move(reopened, 'reply', 'chancellery', { result: 'explained', reply: 'Boshqa javob.' })
  await report(messages.map(({ id }) => ({ id, action: 'deliver' as const })))
  await work()
  expect((await cardOf(byHand)).moves.filter(({ action }) => action === 'notify')).toMatchObject([
    { details: { medium: 'phone' } },
  ])
  expect((await cardOf(reopened)).status).toBe('replied')
})

test('a report of corruption is told of like any other', async () => {
  const { number } = await file(portal.browser(), aPhone(), {
    confidential: 'yes',
  })
  const row = await db
    .selectFrom('appeals')
    .select(['id', 'track'])
    .where('number', '=', number)
    .executeTakeFirst()
  expect(row?.track).toBe('trust')
  const id = row?.id as AppealId
  await portal.move(id, 'return', office.people.officer, { reason: 'Maʼlumot yetarli emas' })
  await work()
  expect((await cardOf(id)).status).toBe('notified')
})

test('whoever does not know the address, or sends no report, is refused; what is not ours changes nothing', async () => {
  expect(await report([]), 'where no reports are expected').toBe(404)
  withReports()
  const id = await replied()
  await work()
  const message = await messageOf(id)
  expect(await report([{ id: message.id, action: 'deliver' }], 'guessed')).toBe(404)
  expect((await messageOf(id)).status).toBe('sent')
  expect(await report('no report')).toBe(400)
  expect(await report([{ id: '0199a000-0000-7000-8000-00000000ffff', action: 'deliver' }])).toBe(200)
})

/** How much one address may do, of each thing that is counted; another address goes on. */
import { expect, test } from 'vitest'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import {
  addressLimits,
  CODES_PER_HOUR_MAX,
  COUNTED,
  type Counted,
  FILES_PER_HOUR_MAX,
  FORMS_PER_QUARTER_MAX,
  GUESSES_PER_QUARTER_MAX,
  SEARCHES_PER_MINUTE_MAX,
} from './limits.ts'
import { portalStage } from './test-stage.ts'

const database = await testDatabase()
const { aPhone, portal } = await portalStage(database, await testOffice(database.db))
const MAX: Readonly<Record<Counted, number>> = {
  form: FORMS_PER_QUARTER_MAX,
  guess: GUESSES_PER_QUARTER_MAX,
  code: CODES_PER_HOUR_MAX,
  file: FILES_PER_HOUR_MAX,
  search: SEARCHES_PER_MINUTE_MAX,
}

test.each(COUNTED)(
  'of %s one address may do so much and not one more, and another address is free',
  async (what) => {
    const limits = addressLimits()
    for (let at = 0; at < MAX[what]; at++) await limits.count(what, '192.0.2.1')
    await expect(limits.count(what, '192.0.2.1')).rejects.toMatchObject({ code: 'tooManyAttempts' })
    await expect(limits.count(what, '::ffff:192.0.2.1')).rejects.toMatchObject({ code: 'tooManyAttempts' })
    await limits.count(what, '192.0.2.2')
    for (const other of COUNTED) if (other !== what) await limits.count(other, '192.0.2.1')
  },
)

test('whoever asks for codes to one telephone after the other is stopped by his address, and no more are sent', async () => {
  const browser = portal.browser('192.0.2.10')
  await browser.get('/portal/sign-in')
  const statuses: number[] = []
  for (let at = 0; at < CODES_PER_HOUR_MAX + 2; at++)
    statuses.push((await browser.post('/portal/sign-in', { phone: aPhone() })).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  expect(portal.sent).toHaveLength(CODES_PER_HOUR_MAX)
})

test('whoever searches without end is stopped by his address, and still sees the questions', async () => {
  const browser = portal.browser('192.0.2.11')
  const statuses = await Promise.all(
    Array.from(
      { length: SEARCHES_PER_MINUTE_MAX + 3 },
      async () => (await browser.get('/portal/faq?q=imtihon')).status,
    ),
  )
  expect(statuses.filter((status) => status === 429)).toHaveLength(3)
  expect((await browser.get('/portal/faq')).status).toBe(200)
})

test('whoever sends forms without end is stopped by his address before anything is looked at', async () => {
  const browser = portal.browser('192.0.2.12')
  await browser.get('/portal/appeal')
  const statuses = await Promise.all(
    Array.from(
      { length: FORMS_PER_QUARTER_MAX + 4 },
      async () => (await browser.post('/portal/sign-out', {})).status,
    ),
  )
  expect(statuses.filter((status) => status === 429)).toHaveLength(4)
})

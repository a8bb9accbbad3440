import { expect, test } from 'vitest'
import type { Say } from '#core/ivr/spoken.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { informationService } from './waiting-information.ts'

const { db } = await testDatabase()
await db
  .insertInto('queues')
  .values(['results', 'general'].map((id, position) => ({ id: id as QueueId, names: '{}', position })))
  .execute()
const { id: by } = await db
  .insertInto('staff_members')
  .values({ login: 'admin', name: 'A', role: 'administrator', languages: [], password_hash: '-' })
  .returning('id')
  .executeTakeFirstOrThrow()
const spoken: Say[] = []
const speak = async (texts: readonly Say[]) => void spoken.push(...texts)
const results = 'results' as QueueId
const onTheSite = { uz: 'Natijalar saytda.', ru: 'Результаты на сайте.' }

test('what waiting callers are told is spoken first, then told at once, kept, and noted', async () => {
  const information = await informationService({ db, speak })
  expect(information.of(results)).toEqual([])
  await information.change(results, [{ ...onTheSite, uz: ' Natijalar saytda. ' }], by)
  expect(spoken).toEqual([
    { language: 'uz', text: onTheSite.uz },
    { language: 'ru', text: onTheSite.ru },
  ])
  expect(information.of(results)).toEqual([onTheSite])
  const afterRestart = await informationService({ db, speak })
  expect(await afterRestart.list()).toEqual([
    { queue: 'results', texts: [onTheSite] },
    { queue: 'general', texts: [] },
  ])
  const events = await db.selectFrom('events').select(['type', 'actor', 'body']).execute()
  expect(events).toMatchObject([{ type: 'informationChanged', actor: by, body: { queue: 'results' } }])
})

test('a text that cannot be spoken changes nothing', async () => {
  const information = await informationService({ db, speak: () => Promise.reject(new Error('no voice')) })
  await expect(information.change(results, [{ uz: 'a', ru: 'b' }], by)).rejects.toThrow('no voice')
  expect(information.of(results)).toEqual([onTheSite])
})

test.each([
  ['an unknown queue', 'nowhere', [onTheSite], 'notFound'],
  ['a text in one language only', 'results', [{ uz: 'bor', ru: '  ' }], 'badInput'],
  ['too many texts', 'results', Array.from({ length: 11 }, () => onTheSite), 'badInput'],
])('%s is refused', async (_what, queue, texts, code) => {
  const information = await informationService({ db, speak })
  await expect(information.change(queue as QueueId, texts, by as StaffId)).rejects.toMatchObject({ code })
})

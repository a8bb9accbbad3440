import pino from 'pino'
import { expect, test } from 'vitest'
import type { SaveInformation } from '#contract/flows.ts'
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
const log = pino({ level: 'silent' })
let today = Date.UTC(2026, 6, 1, 7)
const open = () => informationService({ db, log, speak, now: () => today })

test('what waiting callers are told is spoken first, then told at once, kept, and noted', async () => {
  const information = await open()
  expect(information.of(results)).toEqual([])
  const texts = [{ ...onTheSite, uz: ' Natijalar saytda. ' }]
  const shown = await information.change(results, { basedOn: null, texts }, by)
  expect(spoken).toEqual([
    { language: 'uz', text: onTheSite.uz },
    { language: 'ru', text: onTheSite.ru },
  ])
  expect(information.of(results)).toEqual([onTheSite])
  const afterRestart = await open()
  expect(await afterRestart.list()).toEqual(shown)
  expect(shown.queues).toEqual([
    { queue: 'results', texts: [onTheSite] },
    { queue: 'general', texts: [] },
  ])
  const events = await db.selectFrom('events').select(['type', 'actor', 'body']).execute()
  expect(events).toMatchObject([
    { type: 'informationChanged', actor: by, body: { queue: 'results', texts: [onTheSite] } },
  ])
})

test('a text that holds for some days is told on these days, without anybody doing anything', async () => {
  const information = await open()
  const { changedAt } = await information.list()
  const inJuly = { uz: 'Iyulda.', ru: 'В июле.', from: '2026-07-02', until: '2026-07-31' } as const
  await information.change(results, { basedOn: changedAt, texts: [inJuly, onTheSite] }, by)
  expect(information.of(results)).toEqual([onTheSite])
  // Two minutes after midnight in Tashkent.
  today = Date.UTC(2026, 6, 1, 19, 2)
  expect(information.of(results)).toEqual([{ uz: 'Iyulda.', ru: 'В июле.' }, onTheSite])
  expect((await open()).of(results)).toHaveLength(2)
  today = Date.UTC(2026, 7, 1, 7)
  expect(information.of(results)).toEqual([onTheSite])
})

test('a text that cannot be spoken changes nothing', async () => {
  const information = await informationService({
    db,
    log,
    speak: () => Promise.reject(new Error('no voice')),
  })
  const before = await information.list()
  const texts = [{ uz: 'a', ru: 'b' }]
  await expect(information.change(results, { basedOn: before.changedAt, texts }, by)).rejects.toThrow(
    'no voice',
  )
  expect(await information.list()).toEqual(before)
})

test('whoever has not seen the last change saves nothing, and what is wrong is told by its row', async () => {
  const information = await open()
  const { changedAt } = await information.list()
  const change = (basedOn: number | null, texts: SaveInformation['texts'], queue = 'results') =>
    information.change(queue as QueueId, { basedOn, texts }, by as StaffId)
  await expect(change(1, [])).rejects.toMatchObject({ code: 'changedMeanwhile' })
  await expect(change(changedAt, [onTheSite], 'nowhere')).rejects.toMatchObject({ code: 'notFound' })
  await expect(change(changedAt, [onTheSite, { uz: 'bor', ru: '  ' }])).rejects.toMatchObject({
    problems: [{ row: '2', field: 'ru', code: 'required' }],
  })
  // Another server, which has its own picture.
  const elsewhere = await open()
  await elsewhere.change(results, { basedOn: changedAt, texts: [] }, by)
  await expect(change(changedAt, [onTheSite])).rejects.toMatchObject({ code: 'changedMeanwhile' })
})

test('rows that were written by hand and make no sense tell nobody anything, and can be put right', async () => {
  await db
    .updateTable('settings')
    .set({ value: '{"results": "soon"}' })
    .where('name', '=', 'waitingInformation')
    .execute()
  const information = await open()
  expect(information.of(results)).toEqual([])
  const { changedAt } = await information.list()
  await information.change(results, { basedOn: changedAt, texts: [onTheSite] }, by)
  expect((await open()).of(results)).toEqual([onTheSite])
})

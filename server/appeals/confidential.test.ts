/** A report of corruption and its track: another topic takes nothing off it, an officer does, and says why. */
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { MONDAY_MORNING, type Person, testOffice } from './test-office.ts'

const { db } = await testDatabase()
const { appeals, clock, move, people, register } = await testOffice(db)

beforeEach(() => {
  clock.now = MONDAY_MORNING
})

test('its topic may change, it stays confidential; taking it off is a move of its own, with its reason', async () => {
  const { id, number } = await register({ topic: '03' })
  const classified = await move(id, 'classify', 'officer', { kind: 'complaint', topic: '01' })
  expect([classified.track, classified.topic]).toEqual(['trust', '01'])
  const seen = async (person: Person) =>
    (await appeals.list({ list: 'all', search: number, limit: 5 }, people[person])).length
  expect(await seen('supervisor')).toBe(0)
  await expect(move(id, 'disclose', 'supervisor', { reason: 'x' })).rejects.toMatchObject({
    code: 'notFound',
  })
  await expect(move(id, 'disclose', 'officer')).rejects.toMatchObject({ code: 'badInput' })
  const reason = 'Korrupsiya haqida emas, ruxsatnoma haqida'
  const open = await move(id, 'disclose', 'officer', { reason })
  expect([open.track, open.status, open.dueOn]).toEqual(['general', 'classified', '2026-03-17'])
  expect(open.moves.at(-1)).toMatchObject({ action: 'disclose', byName: 'officer', details: { reason } })
  expect(open.timeline.at(-1)).toMatchObject({ type: 'appealDisclosed', actorName: 'officer' })
  expect(await seen('supervisor')).toBe(1)
  await expect(move(id, 'disclose', 'officer', { reason })).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
})

test('taken off, it goes by the procedure of its topic, and without one as any other', async () => {
  const { id } = await register({ topic: '03' })
  await move(id, 'classify', 'officer', { kind: 'complaint', topic: '02' })
  const score = await move(id, 'disclose', 'officer', { reason: 'Ball haqida' })
  expect([score.track, score.dueOn, score.otherDays]).toEqual(['testScore', null, []])
  const same = await register({ topic: '03' })
  expect((await move(same.id, 'disclose', 'officer', { reason: 'Emas' })).track).toBe('general')
})

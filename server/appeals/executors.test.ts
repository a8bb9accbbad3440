/** Who is offered to carry appeals out. */
import { expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { bringToChancellery, testOffice } from './test-office.ts'

const { db } = await testDatabase()
const office = await testOffice(db)
const names = () => office.appeals.executors()

test('those of the staff who work on appeals are offered, and nobody who has left', async () => {
  const working = ['chancellery', 'editor', 'officer', 'secondEditor', 'secondOfficer', 'supervisor']
  expect(await names()).toEqual(working)
  await db.updateTable('staff_members').set({ active: false }).where('name', '=', 'secondEditor').execute()
  expect(await names()).not.toContain('secondEditor')
})

test('whoever was written once is offered from then on, once, beside the others', async () => {
  for (const executors of [
    ['Yuridik boʻlim', 'editor'],
    ['Test boʻlimi', 'Yuridik boʻlim'],
  ]) {
    const { id } = await office.register()
    await bringToChancellery(office, id)
    await office.move(id, 'assign', 'chancellery', { executors })
  }
  const offered = await names()
  expect(offered).toEqual(expect.arrayContaining(['Test boʻlimi', 'Yuridik boʻlim', 'editor']))
  expect(new Set(offered).size).toBe(offered.length)
})

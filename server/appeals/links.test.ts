/** What is told of an appeal beside its own card: in the links of another, and to open consoles. */
import { expect, test } from 'vitest'
import type { AppealId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { tellOfChange } from './telling.ts'
import { testOffice } from './test-office.ts'

const { db } = await testDatabase()
const { appeals, log, people, register } = await testOffice(db)
const citizen = { name: 'Zebo Olimova', number: '+998 91 777 66 55' }
const reported = (id: string) =>
  db
    .updateTable('appeals')
    .set({ track: 'trust' })
    .where('id', '=', id as AppealId)
    .execute()

test('a linked appeal that became a report of corruption is shown to those who handle them alone', async () => {
  const first = await register({ citizen })
  const second = await register({ citizen })
  const decision = { other: first.id, flag: 'duplicate', accepted: true } as const
  const id = second.id as AppealId
  const { links } = await appeals.decideLink(id, decision, people.editor)
  expect(links).toMatchObject([{ other: { number: first.number } }])
  await reported(first.id)
  expect(JSON.stringify((await appeals.card(id, people.editor)).links)).not.toContain(first.number)
  expect((await appeals.card(id, people.officer)).links).toMatchObject([{ other: { number: first.number } }])
})

test('a change is told by the track the appeal is in by then, and nothing where there is none', async () => {
  const [own, trust] = [await register({ citizen }), await register({ citizen, topic: '03' })]
  const { promise, resolve } = Promise.withResolvers<void>()
  const told: [string, unknown][] = []
  const changed = tellOfChange({
    db,
    log,
    tell(track, message) {
      told.push([track, message])
      if (told.length === 3) resolve()
    },
  })
  for (const { id } of [own, trust]) changed(id as AppealId)
  const third = await register({ citizen })
  await reported(third.id)
  changed(third.id as AppealId)
  await promise
  expect(told.map(([track]) => track).toSorted()).toEqual(['general', 'trust', 'trust'])
  expect(told).toContainEqual(['trust', { type: 'appealChanged', appeal: third.id }])
})

/** Appeals are found by anything that is known of them, in either script, and never by whoever may not see them. */
import { expect, test } from 'vitest'
import type { AppealsQuery } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { keepMissingWords } from './words-store.ts'
import { type Person, testOffice } from './test-office.ts'

const { db } = await testDatabase()
const office = await testOffice(db)
const { appeals, people, register, move, clock } = office

const permit = await register({
  text: 'Ruxsatnomada sana xato yozilgan',
  topic: '01',
  citizen: { name: 'Gʻafurova Nargiza', number: '+998 93 555 44 33' },
})
const score = await register({
  text: 'Натижам кўринмаяпти, илтимос текширинг',
  kind: 'complaint',
  citizen: { name: 'Валиев Али', number: '+998 90 111 22 33' },
})
const secret = await register({
  text: 'Pora soʻrashdi, ruxsatnoma evaziga',
  topic: '03',
  citizen: { name: 'Gʻafurova Nargiza', number: '+998 93 555 44 33' },
})
await db
  .updateTable('citizens')
  .set({ pinfl: '30101901234567' })
  .where('id', '=', permit.citizen.id as never)
  .execute()

async function found(search: string, by: Person = 'supervisor', query: Partial<AppealsQuery> = {}) {
  const rows = await appeals.list({ list: 'all', limit: 50, search, ...query }, people[by])
  return rows.map(({ id }) => id)
}

test.each([
  [permit.number, 'its number'],
  [permit.number.toLowerCase().replaceAll('-', ' '), 'its number as people write it'],
  ['1', 'its place in the year'],
  ['gafurova', 'the name, without its apostrophe'],
  ['Ғафурова', 'the name in Cyrillic'],
  ['рухсатнома', 'a word of the text in the other script'],
  ['ruxsat', 'the beginning of a word'],
  ['xato sana', 'two words, in any order'],
  ['nargiza xato', 'a name and a word'],
  ['555 44 33', 'a telephone'],
  ['4567', 'the end of a PINFL'],
  ['30101901234567', 'a whole PINFL'],
])('"%s" finds the appeal: %s', async (search) => {
  expect(await found(search)).toEqual([permit.id])
})

test.each(['hech', 'xato hech', '%', "' | '", '0000', 'A-2025-000001'])(
  '"%s" finds nothing',
  async (search) => {
    expect(await found(search)).toEqual([])
  },
)

test('a word in Cyrillic is found by Latin letters', async () => {
  expect(await found('natijam')).toEqual([score.id])
})

test('the end of a PINFL finds only for those who may open documents', async () => {
  expect(await found('4567', 'chancellery')).toEqual([])
  expect(await found('4567', 'agent')).toEqual([permit.id])
})

test('what is told of corruption is found by nobody but those who handle it, by whatever is sought', async () => {
  for (const search of [secret.number, 'pora', 'gafurova', '5554433', '4567', '']) {
    for (const by of ['agent', 'supervisor', 'editor', 'chancellery'] as const)
      expect(await found(search, by), `${search} for ${by}`).not.toContain(secret.id)
    expect(await found(search, 'officer'), `${search} for the officer`).toContain(secret.id)
  }
  for (const list of ['mine', 'overdue', 'soon', 'dueToday'] as const) {
    clock.now += 20 * 86_400_000
    expect(await found('', 'agent', { list })).not.toContain(secret.id)
    clock.now -= 20 * 86_400_000
  }
})

test('the editor’s words and the incoming number are found once they are written', async () => {
  await move(permit.id, 'classify', 'editor', { kind: 'application', topic: '01' })
  await move(permit.id, 'edit', 'editor')
  expect(await found('imtihon')).toEqual([])
  await move(permit.id, 'write', 'editor', { text: 'Имтиҳон санасини тузатишни сўрайман' })
  expect(await found('imtihon')).toEqual([permit.id])
  const checked = [
    'nameInFull',
    'residence',
    'essence',
    'nothingAdded',
    'noInsult',
    'isOurs',
    'whatIsAsked',
  ] as const
  await move(permit.id, 'approve', 'supervisor', { checked: [...checked] })
  await move(permit.id, 'dispatch', 'editor')
  await move(permit.id, 'receive', 'chancellery', { incomingNumber: 'Д-77/4' })
  expect(await found('d-77/4')).toEqual([permit.id])
  expect(await found('77')).toEqual([permit.id])
})

test('a list is narrowed by what it is about, who edits it and when it was registered', async () => {
  const all = async (query: Partial<AppealsQuery>) => await found('', 'supervisor', query)
  expect(await all({ topic: '01' })).toEqual([permit.id])
  expect(await all({ kind: 'complaint' })).toEqual([score.id])
  expect(await all({ editor: people.editor.id })).toEqual([permit.id])
  expect(await all({ registeredFrom: '2026-03-03' })).toEqual([])
  expect(await all({ registeredFrom: '2026-03-02', registeredTo: '2026-03-02' })).toEqual([
    score.id,
    permit.id,
  ])
  expect(await all({ track: 'testScore' })).toEqual([])
})

test('due soon is what has three working days left', async () => {
  const soon = async () => await found('', 'supervisor', { list: 'soon' })
  expect(permit.dueOn).toBe('2026-03-17')
  clock.now = Date.parse('2026-03-11T10:00:00+05:00')
  expect(await soon()).toEqual([])
  clock.now = Date.parse('2026-03-12T10:00:00+05:00')
  expect((await soon()).toSorted()).toEqual([permit.id, score.id].toSorted())
  clock.now = Date.parse('2026-03-17T10:00:00+05:00')
  expect(await soon()).toEqual([])
  const today = await found('', 'supervisor', { list: 'dueToday' })
  expect(today.toSorted()).toEqual([permit.id, score.id].toSorted())
})

test('what was registered before words were kept is found after they have been read', async () => {
  await db.deleteFrom('appeal_words').execute()
  expect(await found('xato')).toEqual([])
  expect(await keepMissingWords(db)).toBe(3)
  expect(await found('xato')).toEqual([permit.id])
  expect(await keepMissingWords(db)).toBe(0)
})

test('page after page of what is found comes newest first, each once', async () => {
  clock.now = Date.parse('2026-04-01T10:00:00+05:00')
  const made: AppealId[] = []
  for (let n = 0; n < 7; n++) made.push((await register({ text: `umumiy soʻz ${n}` })).id as AppealId)
  const seen: string[] = []
  for (let before: string | undefined; ; before = seen.at(-1)) {
    const page = await found('umumiy', 'supervisor', { limit: 3, before })
    if (page.length === 0) break
    seen.push(...page)
  }
  expect(seen).toEqual(made.toReversed())
})

test('of several words, each that many appeals have or only one, all have to be there', async () => {
  for (let n = 0; n < 7; n++)
    await register({ text: `Takrorlangan jumla ${n === 3 ? 'yagonasi' : 'boshqalari'}` })
  expect(await found('takror jumla')).toHaveLength(7)
  expect(await found('takror jumla yagona')).toHaveLength(1)
  expect(await found('yagona boshqalar takror')).toEqual([])
})

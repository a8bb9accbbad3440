import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { CARD_FIELDS, type CardFields, EMPTY_CARD } from './citizen-card.ts'
import { reconcile } from './reconcile.ts'

const base: CardFields = { ...EMPTY_CARD, name: 'Gulnora Rahimova', note: 'old' }

test('what only one of two changed is taken from him, and nobody is asked', () => {
  const mine = { ...base, birthDay: '1990-01-02' }
  const theirs = { ...base, region: '1726' }
  expect(reconcile({ base, mine, theirs })).toEqual({
    fields: { ...base, birthDay: '1990-01-02', region: '1726' },
    theirs: ['region'],
    toChoose: [],
  })
})

test('where both changed the same field somebody chooses; where both wrote the same nobody has to', () => {
  const mine = { ...base, note: 'mine', language: 'ru' }
  const theirs = { ...base, note: 'theirs', language: 'ru' }
  expect(reconcile({ base, mine, theirs })).toMatchObject({
    fields: { note: 'theirs', language: 'ru' },
    theirs: [],
    toChoose: ['note'],
  })
})

test('whatever two people write, nothing of either is lost unseen', () => {
  const random = seededRandom(5)
  const texts = CARD_FIELDS.filter((field) => !['kind', 'consent', 'isMinor'].includes(field))
  const someBody = () =>
    Object.fromEntries(
      texts.filter(() => random() < 0.5).map((field) => [field, String(Math.floor(random() * 3))]),
    )
  for (let n = 0; n < 2_000; n++) {
    const [mine, theirs] = [
      { ...base, ...someBody() },
      { ...base, ...someBody() },
    ] as [CardFields, CardFields]
    const { fields, theirs: told, toChoose } = reconcile({ base, mine, theirs })
    for (const field of CARD_FIELDS) {
      const isMine = mine[field] === base[field] || fields[field] === mine[field] || toChoose.includes(field)
      const isTheirs = theirs[field] === base[field] || fields[field] === theirs[field]
      expect([isMine, isTheirs], `${field} ${n}`).toEqual([true, true])
      // What appears in my form without my doing is told to me.
      if (fields[field] !== mine[field]) expect([...told, ...toChoose]).toContain(field)
    }
  }
})

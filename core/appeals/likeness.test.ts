import { expect, test } from 'vitest'
import { type ComparedAppeal, proposeLinks, textLikeness } from './likeness.ts'

const at = (day: string) => Date.parse(`${day}T10:00:00+05:00`)
const TEXT = 'Ruxsatnomamda tugʻilgan sanam xato yozilgan, tuzatib berishingizni soʻrayman'

function anAppeal(with_: Partial<ComparedAppeal> = {}): ComparedAppeal {
  return {
    id: 'new',
    citizen: 'gulnora',
    nameKey: 'gulnora rahimova',
    topic: '01.02.03',
    text: TEXT,
    receivedAt: at('2026-03-10'),
    dueOn: '2026-03-25',
    repliedAt: null,
    ...with_,
  }
}

const first = anAppeal({ id: 'first', receivedAt: at('2026-03-02'), dueOn: '2026-03-17' })
const flags = (appeal: ComparedAppeal, other: ComparedAppeal) =>
  proposeLinks(appeal, [other]).map(({ flag, reasons }) => `${flag}: ${reasons.join(' ')}`)

test.each<[change: Partial<ComparedAppeal>, other: Partial<ComparedAppeal>, proposed: string, why: string]>([
  [{}, {}, 'duplicate: samePerson sameTopic similarText withinLimit', 'the first is within its limit'],
  [
    {},
    { repliedAt: at('2026-03-09') },
    'repeat: samePerson sameTopic similarText afterReply',
    'a reply was contested (article 3)',
  ],
  [
    { receivedAt: at('2026-03-18') },
    {},
    'repeat: samePerson sameTopic similarText afterDueDay',
    'the limit has passed without a reply (article 3)',
  ],
  [
    { receivedAt: at('2026-03-17') },
    {},
    'duplicate: samePerson sameTopic similarText withinLimit',
    'the due day still belongs to it',
  ],
  [
    {},
    { repliedAt: at('2026-03-12') },
    'duplicate: samePerson sameTopic similarText withinLimit',
    'the reply came later',
  ],
  [
    { citizen: 'other' },
    {},
    'duplicate: sameName sameTopic similarText withinLimit',
    'the number was another, the name is the same',
  ],
  [{ topic: null }, {}, 'duplicate: samePerson similarText withinLimit', 'nobody has classified it yet'],
  [
    { text: 'Рухсатномамда туғилган санам хато ёзилган, тузатиб беришингизни сўрайман' },
    {},
    'duplicate: samePerson sameTopic similarText withinLimit',
    'the same words in the other script',
  ],
])('%j after %j is proposed as %s: %s', (change, other, proposed) => {
  expect(flags(anAppeal(change), { ...first, ...other })).toEqual([proposed])
})

test.each<[change: Partial<ComparedAppeal>, why: string]>([
  [{ citizen: 'ali', nameKey: 'ali valiev' }, 'somebody else may have the same trouble'],
  [{ text: 'Natijam eʼlon qilinmadi, qachon chiqadi?' }, 'the same topic alone is another matter'],
  [{ receivedAt: at('2026-03-01') }, 'what came before repeats nothing'],
  [{ id: 'first' }, 'nothing repeats itself'],
  [{ text: '', topic: null }, 'nothing was said'],
])('%j is proposed for nothing: %s', (change) => {
  expect(flags(anAppeal(change), first)).toEqual([])
})

test('the closest come first, and there are few of them', () => {
  const earlier = Array.from({ length: 9 }, (_, n) => ({
    ...first,
    id: `e${n}`,
    text: `${TEXT} ${'yana '.repeat(n)}`,
  }))
  const proposed = proposeLinks(anAppeal(), [
    ...earlier,
    { ...first, id: 'other words', topic: null, text: `${TEXT} boʻlmasa shikoyat qilaman prokuraturaga` },
  ])
  expect(proposed).toHaveLength(5)
  expect(proposed.map(({ likenessPercent }) => likenessPercent)).toEqual(
    proposed.map(({ likenessPercent }) => likenessPercent).toSorted((a, b) => b - a),
  )
})

test('likeness is the same both ways, whole for the same and none for nothing in common', () => {
  const other = 'Natijam hali eʼlon qilinmadi'
  expect(textLikeness(TEXT, TEXT)).toBe(1)
  expect(textLikeness(TEXT, other)).toBe(textLikeness(other, TEXT))
  expect(textLikeness('bir ikki', 'uch')).toBe(0)
})

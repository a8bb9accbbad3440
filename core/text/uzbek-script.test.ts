import { expect, test } from 'vitest'
import { searchKey } from './search-key.ts'
import { normaliseApostrophes, toCyrillic, toLatin } from './uzbek-script.ts'

const toLatinCases: [cyrillic: string, latin: string, rule: string][] = [
  ['Ер ели', 'Yer yeli', 'е at the start is ye'],
  ['поезд', 'poyezd', 'е after a vowel is ye'],
  ['китобе', 'kitobe', 'е after a consonant is e'],
  ['объект браконьер', 'obyekt brakonyer', 'е after ъ and ь is ye'],
  ['бульон', 'bulyon', 'ьо is yo'],
  ['цирк акция', 'sirk aksiya', 'ц at the start and after a consonant is s'],
  ['милиция', 'militsiya', 'ц after a vowel is ts'],
  ['Исҳоқ', 'Isʼhoq', 'сҳ is kept apart from ш'],
  ['мўъжиза', 'moʻjiza', 'ъ after ў is dropped'],
  ['маъно шаън', 'maʼno shaʼn', 'ъ elsewhere is the tutuq'],
  ['ШАҲАР Шаҳар', 'SHAHAR Shahar', 'a pair of letters follows the case of its word'],
  ['Ғафур ўғли', 'Gʻafur oʻgʻli', 'ў and ғ'],
  ['22 сентябрь, 1 октябрдан', '22 sentabr, 1 oktabrdan', 'months have a spelling of their own'],
  ['щётка ҳаёт', 'shyotka hayot', 'щ and ё'],
  ['Ариза АА1234567', 'Ariza АА1234567', 'numbers of documents are not touched'],
]
test.each(toLatinCases)('%s in Latin is %s: %s', (cyrillic, latin) => {
  expect(toLatin(cyrillic)).toBe(latin)
})

const toCyrillicCases: [latin: string, cyrillic: string, rule: string][] = [
  ["O'zbekiston Gʻijduvon", 'Ўзбекистон Ғиждувон', 'with whatever apostrophe'],
  ['Isʼhoq ishchi choy', 'Исҳоқ ишчи чой', 'sʼh, sh and ch'],
  ['yoʻl yoz', 'йўл ёз', 'yoʻ is not yo'],
  ['Yer ekin poeziya', 'Ер экин поэзия', 'e at the start and after a vowel is э'],
  ['maʼlumot', 'маълумот', 'the tutuq is ъ'],
  ['konstitutsiya stansiya', 'конституция стансия', 'tsiya is ция'],
  ['ketsa', 'кетса', 'ts in an Uzbek word is two letters'],
  ['SHAHAR Shahar SHahar', 'ШАҲАР Шаҳар Шаҳар', 'capitals'],
  ['2022-yil 22-aprel, 1-apreldan', '2022-йил 22-апрель, 1-апрелдан', 'months'],
  ['XXI asr, II bosqich', 'XXI аср, II босқич', 'Roman numerals stay'],
  ['my.uzbmb.uz saytida', 'my.uzbmb.uz сайтида', 'addresses stay'],
  [
    'ali@example.uz, https://lex.uz/docs/-1',
    'ali@example.uz, https://lex.uz/docs/-1',
    'e-mails and links stay',
  ],
  ['AA1234567 raqamli', 'AA1234567 рақамли', 'documents stay'],
  ['Chet tili (CEFR)', 'Чет тили (CEFR)', 'words with letters Uzbek does not have stay'],
  ['Haqiqat', 'Ҳақиқат', 'q and h'],
  ['Şahar, ğalaba', 'Шаҳар, ғалаба', 'letters of the reform drafts'],
]
test.each(toCyrillicCases)('%s in Cyrillic is %s: %s', (latin, cyrillic) => {
  expect(toCyrillic(latin)).toBe(cyrillic)
})

test.each("'`´‘’‛ʹʻʼʽˈ′＇".split(''))('the apostrophe %s is read', (typed) => {
  expect(normaliseApostrophes(`o${typed}zbek ma${typed}no G${typed}ijduvon`)).toBe('oʻzbek maʼno Gʻijduvon')
})

test('quotation marks stay quotation marks', () => {
  expect(normaliseApostrophes("u 'salom' dedi, ‘Oʻzbekiston’ va mavqe’")).toBe(
    "u 'salom' dedi, ‘Oʻzbekiston’ va mavqeʼ",
  )
})

test('both scripts of a word are found by either', () => {
  const words = ['Gʻafurova Shahnoza oʻqituvchi', 'Yusupov maʼlumotnoma', 'Isʼhoqov abituriyent']
  for (const word of words) expect(searchKey(toCyrillic(word))).toBe(searchKey(word))
})

test.each([
  ["G'afurova", 'Gafurova'],
  ['Ғафурова', 'GAFUROVA'],
  ['Qodirov', 'Kodirov'],
  ['Xasanov', 'Hasanov'],
  ['Khasanov', 'Хасанов'],
  ['Yeldos', 'Eldos'],
  ['Юрий', 'Yuri'],
  ['oʻgʻli', "o'g'li"],
  ['Militsiya', 'милиция'],
  ['  Ali—Vali ', 'ali vali'],
])('a search for „%s" finds „%s"', (search, found) => {
  expect(searchKey(search)).toBe(searchKey(found))
})

// Where it grows with the square of the length, this test ends by its time limit.
test.each(['ў', 'a', '-', 'a.', 'a@', 'a-', '1'])(
  'a hundred thousand letters of "%s" are read to their end',
  (part) => {
    const text = part.repeat(100_000 / part.length)
    expect(toLatin(toCyrillic(text)).length).toBeGreaterThan(0)
    expect(searchKey(text).length).toBeLessThanOrEqual(2 * text.length)
  },
)

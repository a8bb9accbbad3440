import { expect, test } from 'vitest'
import { readCalendar } from './calendar-import.ts'

const told = (text: string) => {
  const { days, refused } = readCalendar(text)
  return {
    days: days.map(({ day, kind, name, weeks }) => `${day} ${kind} ${weeks.join('+')} ${name}`),
    refused: refused.map(({ row, why }) => `${row} ${why}`),
  }
}

const YEAR = [
  '2027-01-01 holiday 5+6 Yangi yil',
  '2027-03-08 holiday 5+6 Xotin-qizlar kuni',
  '2027-05-10 movedOff 5 9-may oʻrniga',
]

test.each([
  [
    'one day a line',
    '# 2027-yil\r\n2027-01-01 holiday 5,6 Yangi yil\r\n\r\n2027-03-08 holiday 5,6 Xotin-qizlar kuni\r\n2027-05-10  movedOff  5  9-may oʻrniga',
  ],
  [
    'semicolons, as a sheet saves them here',
    '\ufeffday;kind;weeks;name\n2027-01-01;holiday;5,6;Yangi yil\n2027-03-08;holiday;5 6;Xotin-qizlar kuni\n2027-05-10;movedOff;5;9-may oʻrniga',
  ],
  [
    'commas with quotes',
    'day,kind,weeks,name\n2027-01-01,holiday,"5,6",Yangi yil\n2027-03-08,holiday,5+6,"Xotin-qizlar kuni"\n2027-05-10,movedOff,5,9-may oʻrniga',
  ],
  [
    'JSON',
    JSON.stringify([
      { day: '2027-01-01', kind: 'holiday', name: 'Yangi yil' },
      { day: '2027-03-08', kind: 'holiday', weeks: [5, 6], name: 'Xotin-qizlar kuni' },
      { day: '2027-05-10', kind: 'movedOff', weeks: 5, name: '9-may oʻrniga' },
    ]),
  ],
])('a year is read from %s', (_form, text) => {
  expect(told(text)).toEqual({ days: YEAR, refused: [] })
})

test('each row that says no day is told with the reason, and the others are read', () => {
  const text = [
    '2027-01-01 holiday 5,6 Yangi yil',
    '2027-02-29 holiday 5 Yoʻq',
    '2027-04-01 feast 5 Nimadir',
    '2027-04-02 holiday 7 Nimadir',
    '2027-04-03 holiday 5',
    '2027-04-02 workingWeekend 5 Juma',
    '2027-01-01 extraOff 5 Yana',
    'ertaga dam olamiz',
    '2027-05-09 holiday 5,6 Xotira',
  ].join('\n')
  expect(told(text)).toEqual({
    days: ['2027-01-01 holiday 5+6 Yangi yil', '2027-05-09 holiday 5+6 Xotira'],
    refused: ['2 noSuchDay', '3 noKind', '4 noWeek', '5 noName', '6 workedAnyway', '7 twice', '8 noSuchDay'],
  })
})

test.each(['[{', '[1, null, "2027-01-01"]', '[[]]', '{"day":1}', '"', ',,,', '\0'])(
  '%j is told as what cannot be read, and nothing breaks',
  (text) => {
    const { days, refused } = readCalendar(text)
    expect(days).toEqual([])
    expect(refused.length).toBeGreaterThan(0)
  },
)

/**
 * Makes a text ready for the voice of espeak-ng 1.51, whose reading was checked by its phonemes (`espeak-ng -v uz -x`).
 *
 * Uzbek is given to it in the Latin script: in Cyrillic the voice reads ш as „s", я as „ja" with a hard j and ў too
 * long. It knows oʻ and gʻ by the typewriter's apostrophe; any other sign for it makes the voice spell the word, in
 * English. It reads figures above nine digit by digit in Uzbek, and 1 as «ойдин» in Russian, so figures
 * become words here. Longer rows of digits and those that begin with 0 (telephone numbers) stay digits.
 */
import { forVoice } from '#core/ivr/for-voice.ts'
import type { CallLanguage } from '#core/lib/languages.ts'

/** Every sign people type for the apostrophe of oʻ, gʻ and maʼlumot. */
const APOSTROPHES = /[`´‘’‛ʹʻʼʽˈ′＇]/gu
/** A number that stands alone: no further digits, dots or dashes make it part of a date, a sum or a telephone number. */
const NUMBER = /(?<![\d.,:/+-])(?<number>[1-9]\d{0,5}|0)(?![\d/]|[.,:-]\d)(?<ordinal>-(?=\p{L}))?/gu

export function speakable(language: CallLanguage, text: string): string {
  const plain = forVoice({ language, text })
    .normalize('NFC')
    // [[…]] would be read as phonemes, and control characters as commands of the voice.
    .replace(/[\p{Cc}\p{Cf}[\]<>]/gu, ' ')
    .replace(APOSTROPHES, "'")
    // The dots of an address such as my.gov.uz are said; they end no sentence.
    .replace(/(?<=[a-z0-9])\.(?=[a-z]{2})/g, language === 'uz' ? ' nuqta ' : ' точка ')
    .replace(/(\d)\s*%/gu, language === 'uz' ? '$1 foiz' : '$1 процентов')
  return plain.replace(NUMBER, (whole, digits: string, ordinal: string | undefined) => {
    const number = Number(digits)
    if (language === 'uz') return ordinal ? `${uzbekOrdinal(number)} ` : uzbekNumber(number)
    return ordinal || number > 999 ? whole : russianNumber(number)
  })
}

const UZBEK_ONES = ['', 'bir', 'ikki', 'uch', "to'rt", 'besh', 'olti', 'yetti', 'sakkiz', "to'qqiz"]
const UZBEK_TENS = [
  '',
  "o'n",
  'yigirma',
  "o'ttiz",
  'qirq',
  'ellik',
  'oltmish',
  'yetmish',
  'sakson',
  "to'qson",
]

function uzbekNumber(number: number): string {
  if (number === 0) return 'nol'
  const thousands = Math.trunc(number / 1000)
  const hundreds = Math.trunc(number / 100) % 10
  const words = [
    thousands ? `${uzbekNumber(thousands)} ming` : '',
    hundreds ? `${UZBEK_ONES[hundreds]} yuz` : '',
    UZBEK_TENS[Math.trunc(number / 10) % 10],
    UZBEK_ONES[number % 10],
  ]
  return words.filter(Boolean).join(' ')
}

/** In Uzbek a figure with a hyphen is an ordinal: „15-kun" is „oʻn beshinchi kun". */
function uzbekOrdinal(number: number): string {
  const words = uzbekNumber(number)
  return words + (/[aeiou]$/.test(words) ? 'nchi' : 'inchi')
}

const RUSSIAN_TO_19 = [
  'ноль',
  'один',
  'два',
  'три',
  'четыре',
  'пять',
  'шесть',
  'семь',
  'восемь',
  'девять',
  'десять',
  'одиннадцать',
  'двенадцать',
  'тринадцать',
  'четырнадцать',
  'пятнадцать',
  'шестнадцать',
  'семнадцать',
  'восемнадцать',
  'девятнадцать',
]
const RUSSIAN_TENS = [
  '',
  '',
  'двадцать',
  'тридцать',
  'сорок',
  'пятьдесят',
  'шестьдесят',
  'семьдесят',
  'восемьдесят',
  'девяносто',
]
const RUSSIAN_HUNDREDS = [
  '',
  'сто',
  'двести',
  'триста',
  'четыреста',
  'пятьсот',
  'шестьсот',
  'семьсот',
  'восемьсот',
  'девятьсот',
]

/** 0 … 999, masculine: above that the word for thousand is feminine, and the voice's own reading is good enough. */
function russianNumber(number: number): string {
  if (number === 0) return 'ноль'
  const rest = number % 100
  const words = [RUSSIAN_HUNDREDS[Math.trunc(number / 100)]]
  if (rest > 0 && rest < 20) words.push(RUSSIAN_TO_19[rest])
  else if (rest >= 20)
    words.push(RUSSIAN_TENS[Math.trunc(rest / 10)], rest % 10 ? RUSSIAN_TO_19[rest % 10] : '')
  return words.filter(Boolean).join(' ')
}

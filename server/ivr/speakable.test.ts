import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { CallLanguage } from '#core/lib/languages.ts'
import { speakable } from './speakable.ts'

test.each<[CallLanguage, string, string]>([
  ['uz', 'Oʻzbek tilida davom etish uchun 1 ni bosing.', "O'zbek tilida davom etish uchun birni bosing."],
  ['uz', 'Siz navbatda 21-oʻrindasiz.', "Siz navbatda yigirma birinchi o'rindasiz."],
  ['uz', 'Siz navbatda 2-oʻrindasiz.', "Siz navbatda ikkinchi o'rindasiz."],
  [
    'uz',
    'Javob 15 kunda, 1240 soʻm, 30% gacha',
    "Javob o'n besh kunda, bir ming ikki yuz qirq so'm, o'ttiz foiz gacha",
  ],
  ['uz', 'Telefon: 1012, 712000899, 08', "Telefon: bir ming o'n ikki, 712000899, 08"],
  ['uz', 'maʼlumot, gʼalaba, mo`jiza', "ma'lumot, g'alaba, mo'jiza"],
  ['ru', 'Вы в очереди под номером 21.', 'Вы в очереди под номером двадцать один.'],
  ['ru', 'Нажмите 1 или 10.', 'Нажмите один или десять.'],
  ['uz', 'Javob my.gov.uz saytida.', 'Javob my nuqta gov nuqta uz saytida.'],
  ['ru', '14.08.2026, 200-08-99', '14.08.2026, 200-08-99'],
  ['ru', 'Осталось 111 [[h@l@U]] минут', 'Осталось сто одиннадцать   h@l@U   минут'],
])('in %s „%s" is read as „%s"', (language, text, spoken) => {
  expect(speakable(language, text)).toBe(spoken)
})

const phonemes = (text: string) =>
  execFileSync('espeak-ng', ['-v', 'uz', '-x', '-q', '--stdin'], { input: text, encoding: 'utf8' }).trim()

test('the voice reads oʻ, gʻ, sh and ch of the Latin script as they sound, with any sign for the apostrophe', () => {
  expect(phonemes(speakable('uz', 'Toʻgʻri'))).toBe(phonemes(speakable('uz', 'To’g‘ri')))
  expect(phonemes(speakable('uz', 'Oʻqish'))).toMatch(/o.*q.*S$/)
  expect(phonemes(speakable('uz', 'uchun'))).toContain('tS')
})

test('no word of an ordinary sentence is spelt in English', () => {
  const sentence = 'Taʼlim haqidagi maʼlumotni bilish uchun 3 ni bosing; eʼlon 30% chegirma bilan 15-kunda'
  expect(phonemes(sentence)).toContain('(en)')
  expect(phonemes(speakable('uz', sentence))).not.toContain('(en)')
})

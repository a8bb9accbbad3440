/** Passports and taxpayers' numbers as people type them. Only their form is known to us, so only their form is checked. */
import { masked } from './pinfl.ts'

/** Cyrillic letters that look like Latin ones: whoever reads them off a passport types what he sees. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
}

/** Two letters and seven digits, as `AA1234567`; nothing where it is none. */
export function readPassport(text: string): string | undefined {
  const typed = text
    .replace(/[\s№-]/g, '')
    .toUpperCase()
    .replace(/[А-Я]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
  return /^[A-Z]{2}\d{7}$/.test(typed) ? typed : undefined
}

/** `AA***4567`: the last four are what a caller is asked for. */
export function maskPassport(passport: string): string {
  return masked(passport, 2, 4)
}

/** Nine digits (STIR, INN). How its digits hang together is not published, so a mistyped one is not seen. */
export function readStir(text: string): string | undefined {
  const typed = text.replace(/[\s-]/g, '')
  return /^\d{9}$/.test(typed) ? typed : undefined
}

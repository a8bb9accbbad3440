/**
 * The personal number of the republic (JSHSHIR, PINFL): fourteen digits, `G DDMMYY RRR NNNN C`.
 *
 * G tells sex and century (1 and 2 are the 1800s, 3 and 4 the 1900s, 5 and 6 the 2000s; odd is male), then come the day of
 * birth, where it was given out, a running number, and a digit that proves the other thirteen: their sum, weighted
 * 7, 3, 1, 7, 3, 1 …, modulo ten (resolution 177 of 12.04.2022, lex.uz/docs/-5955665).
 */
import { type Day, isDay } from '../lib/time.ts'

export type PinflFault = 'form' | 'birthDay' | 'checkDigit'

const WEIGHTS = [7, 3, 1]
const CENTURIES: Readonly<Record<string, string>> = {
  '1': '18',
  '2': '18',
  '3': '19',
  '4': '19',
  '5': '20',
  '6': '20',
}

/** Digits as they are typed, in groups or in one; nothing where it cannot be a number. */
export function readPinfl(text: string): { pinfl: string; birthDay: Day } | { fault: PinflFault } {
  const pinfl = text.replace(/[\s-]/g, '')
  if (!/^[1-6]\d{13}$/.test(pinfl)) return { fault: 'form' }
  const birthDay = birthDayIn(pinfl)
  if (!birthDay) return { fault: 'birthDay' }
  return checkDigit(pinfl) === pinfl.at(-1) ? { pinfl, birthDay } : { fault: 'checkDigit' }
}

/** `3*********0244`: enough to be recognised by whoever has it before him. */
export function maskPinfl(pinfl: string): string {
  return masked(pinfl, 1, 4)
}

/** The first and the last characters, with stars between them. */
export function masked(text: string, first: number, last: number): string {
  if (text.length <= first + last) return '*'.repeat(text.length)
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(-last)
}

function birthDayIn(pinfl: string): Day | undefined {
  const [day, month, year] = [pinfl.slice(1, 3), pinfl.slice(3, 5), pinfl.slice(5, 7)]
  const text = `${CENTURIES[pinfl.charAt(0)]}${year}-${month}-${day}`
  return isDay(text) ? text : undefined
}

export function checkDigit(pinfl: string): string {
  const digits = [...pinfl.slice(0, 13)].map(Number)
  return String(digits.reduce((sum, digit, place) => sum + digit * (WEIGHTS[place % 3] ?? 0), 0) % 10)
}

/** Numbers given on the command line. */
import { Fault } from '../server/config.ts'

/** Above 0 and up to `max`; anything else is refused with the name of its option. */
export function readNumber(name: string, text: string, max: number): number {
  const number = Number(text)
  if (number > 0 && number <= max) return number
  throw new Fault(`--${name} ${text} is not possible`, `Give a number above 0 and up to ${max}`)
}

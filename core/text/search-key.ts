/**
 * Makes texts comparable for search: whoever types `Gafurova` finds Gʻafurova and Ғафурова.
 *
 * The key is for comparing keys only. It is coarse on purpose: apostrophes, the pairs x/h and q/k, ye/e and ts/s, which
 * people and passports write one way or the other, all fall together.
 */
import { readReformLetters, toLatin } from './uzbek-script.ts'

export function searchKey(text: string): string {
  return (
    toLatin(readReformLetters(text))
      .toLowerCase()
      .normalize('NFKD')
      .replace(/['`´‘’‛ʹʻʼʽˈ′＇\p{M}]/gu, '')
      .replaceAll('shch', 'sh')
      .replaceAll('kh', 'h')
      .replaceAll('x', 'h')
      .replaceAll('q', 'k')
      .replaceAll('ye', 'e')
      .replaceAll('ts', 's')
      // Юрий is Yuriy, Yuri or Yury.
      .replace(/i[yi](?!\p{L})|y(?!\p{L})/gu, 'i')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  )
}

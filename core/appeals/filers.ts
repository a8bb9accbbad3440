/**
 * Who an appeal is from, beside the citizen whose card it is on.
 *
 * *Collective*: several sign one appeal, and each is answered through the first. *Representative*: somebody acts for the
 * citizen; without papers that prove it the appeal may be left unconsidered (article 29), so whether there are any is
 * noted and never assumed. *Minor*: considered like any other; that he is too young to act in law is no ground to leave
 * it, so there is no such ground. *Anonymous*: written down and not considered, unless it reports corruption.
 */
import { charactersOver, type LineOver } from '#core/text/characters-over.ts'
import type { AppealTrack } from './appeal-track.ts'

export const COSIGNERS_MAX = 500
export const FILER_NAME_MAX_CHARACTERS = 200
export const RESIDENCE_MAX_CHARACTERS = 300
export const GROUND_MAX_CHARACTERS = 300

export type Cosigner = { readonly name: string; readonly residence: string }

export type Representative = {
  readonly name: string
  /** By what he acts for the citizen: a power of attorney, guardianship, the office of a lawyer. */
  readonly ground: string
  readonly hasPapers: boolean
}

export type FiledBy = {
  readonly track: AppealTrack
  readonly isAnonymous: boolean
  readonly isMinor: boolean
  readonly cosigners: readonly Cosigner[]
  readonly representative: Representative | null
}

export const FILER_NOTES = ['anonymous', 'anonymousOfTrust', 'minor', 'noPapers', 'collective'] as const
/** What whoever works on it has to know. */
export type FilerNote = (typeof FILER_NOTES)[number]

export function filerNotes({ cosigners, isAnonymous, isMinor, representative, track }: FiledBy): FilerNote[] {
  const notes: (FilerNote | false)[] = [
    isAnonymous && (track === 'trust' ? 'anonymousOfTrust' : 'anonymous'),
    isMinor && !isAnonymous && 'minor',
    representative !== null && !representative.hasPapers && 'noPapers',
    cosigners.length > 0 && 'collective',
  ]
  return notes.filter((note) => note !== false)
}

/**
 * One signer a line, as it is pasted: the name, then after a comma, a semicolon or a tab where he lives. `wrong` holds the
 * numbers of the lines that name nobody, `tooLong` those of which more is written than is kept.
 */
export function readCosigners(text: string): { cosigners: Cosigner[]; wrong: number[]; tooLong: LineOver[] } {
  const cosigners: Cosigner[] = []
  const wrong: number[] = []
  const tooLong: LineOver[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, name = '', residence = ''] = /^([^,;\t]+)[,;\t]?(.*)$/.exec(line.trim()) ?? []
    const one = { name: name.trim(), residence: residence.trim() }
    const over = overOf(one)
    if (!/\p{L}{2}/u.test(one.name)) wrong.push(index + 1)
    else if (over) tooLong.push({ line: index + 1, ...over })
    else cosigners.push(one)
  }
  return { cosigners, wrong, tooLong }
}

function overOf({ name, residence }: Cosigner): Omit<LineOver, 'line'> | undefined {
  const parts = [
    { most: FILER_NAME_MAX_CHARACTERS, over: charactersOver(name, FILER_NAME_MAX_CHARACTERS) },
    { most: RESIDENCE_MAX_CHARACTERS, over: charactersOver(residence, RESIDENCE_MAX_CHARACTERS) },
  ]
  return parts.find(({ over }) => over > 0)
}

export function writeCosigners(cosigners: readonly Cosigner[]): string {
  return cosigners
    .map(({ name, residence }) => (residence === '' ? name : `${name}, ${residence}`))
    .join('\n')
}

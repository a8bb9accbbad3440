/** Who filed an appeal beside the citizen, as the table has it. */
import type { Filers } from '#contract/appeals.ts'
import { asStorableText } from '#core/text/hostile-text.ts'

export const NO_FILERS: Filers = { cosigners: [], representative: null }

export function filerColumns(filers: Filers) {
  const { cosigners, representative } = storableFilers(filers)
  return {
    cosigners: JSON.stringify(cosigners),
    representative: representative && JSON.stringify(representative),
  }
}

/** With their names in one order: PostgreSQL gives those of an object back in an order of its own. */
export function filersOf(row: { cosigners: object; representative: object | null }): Filers {
  return storableFilers({
    cosigners: row.cosigners as Filers['cosigners'],
    representative: row.representative as Filers['representative'],
  })
}

export function storableFilers({ cosigners, representative }: Filers): Filers {
  return {
    cosigners: cosigners.map(({ name, residence }) => ({
      name: asStorableText(name),
      residence: asStorableText(residence),
    })),
    representative: representative && {
      name: asStorableText(representative.name),
      ground: asStorableText(representative.ground),
      hasPapers: representative.hasPapers,
    },
  }
}

/** The keys that the module lists. Whose a key is and how long it is good stands in its alias, written by the certification centre. */

/** On a disk or a flash drive. */
export type FileKey = {
  readonly kind: 'file'
  /** By these four the module finds it again. */
  readonly disk: string
  readonly path: string
  readonly name: string
  readonly alias: string
  readonly holder: string
  readonly organisation: string
  readonly serial: string
  readonly validTo: number | null
}
/** The ID card in the reader: whose it is is seen when it has signed. */
export type CardKey = { readonly kind: 'card' }
export type ModuleKey = FileKey | CardKey

/** Nothing of what is no key. */
export function readFileKey(listed: unknown): FileKey | undefined {
  if (typeof listed !== 'object' || listed === null) return undefined
  const { alias, disk, name, path } = listed as Readonly<Record<string, unknown>>
  if (typeof alias !== 'string' || typeof disk !== 'string') return undefined
  if (typeof name !== 'string' || typeof path !== 'string') return undefined
  const said = fieldsOf(alias)
  return {
    kind: 'file',
    disk,
    path,
    name,
    alias,
    holder: inCapitals(said.get('cn') ?? name),
    organisation: inCapitals(said.get('o') ?? ''),
    serial: said.get('serialnumber') ?? '',
    validTo: momentOf(said.get('validto') ?? ''),
  }
}

export function hasRunOut(key: ModuleKey, now: number): boolean {
  return key.kind === 'file' && key.validTo !== null && key.validTo < now
}

/** `cn=…,o=…,validto=2027.02.26 11:31:37`: a comma parts only where a name and a sign of equality follow. */
function fieldsOf(alias: string): Map<string, string> {
  const parts = alias.split(/,(?=[a-z\d.]+=)/i)
  return new Map(
    parts.map((part) => {
      const at = part.indexOf('=')
      return [part.slice(0, at).toLowerCase().trim(), part.slice(at + 1).trim()]
    }),
  )
}

/** As it stands in the certificate; the module lists it in small letters. */
const inCapitals = (text: string) => text.toUpperCase()

/** By the clock of Tashkent. */
function momentOf(text: string): number | null {
  const found = /^(\d{4})\.(\d\d)\.(\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (!found) return null
  const [, year, month, day, time] = found
  const moment = Date.parse(`${year}-${month}-${day}T${time}+05:00`)
  return Number.isNaN(moment) ? null : moment
}

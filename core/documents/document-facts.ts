/** What stands in the official document of an appeal, in the language and script of the document. */
import type { Cosigner } from '#core/appeals/filers.ts'
import { APPEAL_KIND_TERMS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { REGION_NAMES, type Region } from '#core/citizens/regions.ts'
import type { Texts } from '#core/lib/languages.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { longDay } from '#core/text/uzbek-dates.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'
import { inWriting, type WrittenTexts } from '#core/text/written-texts.ts'
import type { DocumentFacts, DocumentLanguage } from './document-fields.ts'

export type DocumentedAppeal = {
  readonly organisation: { readonly names: WrittenTexts; readonly shortNumber: string }
  readonly number: string
  readonly kind: AppealKind
  readonly topic: Texts | null
  readonly receivedAt: Instant
  readonly registeredOn: Day
  readonly dueOn: Day | null
  readonly citizen: {
    readonly name: string
    /** As he is written in Cyrillic letters, where his card says so. */
    readonly nameCyrillic: string
    readonly numbers: readonly string[]
    readonly region: string | null
    /** Who acts for the citizen, and by what; empty where nobody does. */
    readonly representative: string
  }
  /** Who signed too. */
  readonly cosigners: readonly Cosigner[]
  /** As it was approved: in the words and letters of whoever wrote it. */
  readonly text: string
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[]
  /** Where it is followed; empty where there is no such page. */
  readonly statusAddress: string
}

const KILOBYTE = 1024

export function documentFacts(appeal: DocumentedAppeal, language: DocumentLanguage): DocumentFacts {
  const { attachments, citizen, cosigners, dueOn, organisation, registeredOn } = appeal
  const say = (texts: WrittenTexts) => inWriting(texts, language)
  const region = citizen.region && REGION_NAMES[citizen.region as Region]
  const facts: DocumentFacts = {
    organisation: say(organisation.names),
    shortNumber: organisation.shortNumber,
    number: appeal.number,
    kind: say(APPEAL_KIND_TERMS[appeal.kind]),
    topic: appeal.topic ? say(appeal.topic) : '',
    receivedOn: longDay(tashkentDay(appeal.receivedAt), language),
    registeredOn: longDay(registeredOn, language),
    dueOn: dueOn ? longDay(dueOn, language) : '',
    citizenName: nameIn(citizen, language),
    citizenNumbers: citizen.numbers.join(', '),
    citizenRegion: region ? say(region) : '',
    representative: citizen.representative,
    text: appeal.text,
    attachmentsCount: String(attachments.length),
    attachments: attachments.map(({ bytes, name }, place) => ({
      place: String(place + 1),
      name,
      size: `${Math.max(1, Math.round(bytes / KILOBYTE))} KB`,
    })),
    // Written by themselves or from a list that they signed: in the letters that stand there.
    cosigners: cosigners.map((one, place) => ({ place: String(place + 1), ...one })),
    statusAddress: appeal.statusAddress,
    hasAttachments: attachments.length > 0,
    hasCosigners: cosigners.length > 0,
    hasDueOn: dueOn !== null,
    hasRegion: Boolean(region),
    hasRepresentative: citizen.representative !== '',
    hasStatusAddress: appeal.statusAddress !== '',
    hasTopic: appeal.topic !== null,
  }
  return printable(facts)
}

/** XML has no place for control characters, and Word opens no document that holds one. */
// oxlint-disable-next-line no-control-regex -- These are meant.
const NOT_IN_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

function printable<Value>(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed().replace(NOT_IN_XML, '') as Value
  if (Array.isArray(value)) return value.map((one: unknown) => printable(one)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, printable(one)])) as Value
}

/** A name is written in the letters of the document, by the card where it knows better than the rules of spelling. */
function nameIn({ name, nameCyrillic }: DocumentedAppeal['citizen'], language: DocumentLanguage): string {
  if (language === 'uz') return name
  return nameCyrillic === '' ? toCyrillic(name) : nameCyrillic
}

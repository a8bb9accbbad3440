/** Citizens: looked up, their cards, and what may be done to one. */
import { z } from 'zod'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { CALL_OUTCOMES } from '#core/calls/call.ts'
import { CARD_MAX_CHARACTERS, type CardFields, CITIZEN_KINDS, CONSENTS } from '#core/citizens/citizen-card.ts'
import { CONTACT_ROLE_MAX_CHARACTERS } from '#core/citizens/contacts.ts'
import { CARD_STATUSES } from '#core/citizens/merge-cards.ts'
import { NUMBER_STANDINGS } from '#core/citizens/number-standing.ts'
import { TimelineEvent } from './timeline.ts'

/** As somebody typed or pasted it. */
export const NUMBER_MAX_CHARACTERS = 40
const PAGE_MAX_ROWS = 100

export const CitizenRow = z.object({
  id: z.uuid(),
  kind: z.enum(CITIZEN_KINDS),
  /** In both scripts. */
  name: z.string(),
  nameCyrillic: z.string(),
  /** Shown as `+998 90 123 45 67`. */
  numbers: z.array(z.string()),
  birthDay: z.string(),
  region: z.string(),
  /** Up to a hundred. */
  calls: z.number().int(),
  openAppeals: z.number().int(),
})
export type CitizenRow = z.infer<typeof CitizenRow>

/** A name in either script, any part of a number of at least four digits, or a whole PINFL or STIR; nothing for the newest. */
export const CitizensQuery = z.object({
  search: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX_ROWS).default(30),
})
export type CitizensQuery = z.infer<typeof CitizensQuery>

/**
 * The card as a form has it. PINFL and passport are read masked, as `3*********0244`; sent back like that they stay
 * what they are.
 */
export const CardForm = z.strictObject({
  kind: z.enum(CITIZEN_KINDS),
  name: z.string().max(CARD_MAX_CHARACTERS.name),
  nameCyrillic: z.string().max(CARD_MAX_CHARACTERS.nameCyrillic),
  birthDay: z.string().max(10),
  isMinor: z.boolean(),
  pinfl: z.string().max(CARD_MAX_CHARACTERS.pinfl),
  passport: z.string().max(CARD_MAX_CHARACTERS.passport),
  stir: z.string().max(CARD_MAX_CHARACTERS.stir),
  region: z.string().max(4),
  address: z.string().max(CARD_MAX_CHARACTERS.address),
  language: z.string().max(8),
  representative: z.string().max(CARD_MAX_CHARACTERS.representative),
  consent: z.enum(CONSENTS),
  note: z.string().max(CARD_MAX_CHARACTERS.note),
}) satisfies z.ZodType<CardFields>
export type CardForm = z.infer<typeof CardForm>

export const AddCitizen = z.strictObject({
  fields: CardForm,
  number: z.string().max(NUMBER_MAX_CHARACTERS).optional(),
})
export type AddCitizen = z.infer<typeof AddCitizen>

/** Refused with `changedMeanwhile` where the card is at another version by now. */
export const ChangeCitizen = z.strictObject({ basedOn: z.number().int().positive(), fields: CardForm })
export type ChangeCitizen = z.infer<typeof ChangeCitizen>

export const DOCUMENTS = ['pinfl', 'passport'] as const
export type DocumentName = (typeof DOCUMENTS)[number]
export const OpenDocument = z.strictObject({ document: z.enum(DOCUMENTS) })
export const OpenedDocument = z.object({ value: z.string() })
export type OpenedDocument = z.infer<typeof OpenedDocument>

export const AddNumber = z.strictObject({ number: z.string().min(1).max(NUMBER_MAX_CHARACTERS) })
export const JudgeNumber = z.strictObject({
  number: z.string().min(1).max(NUMBER_MAX_CHARACTERS),
  action: z.enum(['claim', 'confirm', 'deny']),
})
export type JudgeNumber = z.infer<typeof JudgeNumber>

/** The other card goes into this one. Both versions are those that were compared. */
export const MergeCitizens = z.strictObject({
  other: z.uuid(),
  basedOn: z.number().int().positive(),
  otherBasedOn: z.number().int().positive(),
})
export type MergeCitizens = z.infer<typeof MergeCitizens>
export const SplitCitizens = z.strictObject({ other: z.uuid() })

/** Whoever calls for a legal entity, and what he is there. */
export const AddContact = z.strictObject({
  person: z.uuid(),
  role: z.string().max(CONTACT_ROLE_MAX_CHARACTERS),
})
export type AddContact = z.infer<typeof AddContact>

const Named = z.object({ id: z.uuid(), name: z.string() })

export const CitizenCard = z.object({
  id: z.uuid(),
  version: z.number().int(),
  status: z.enum(CARD_STATUSES),
  /** Under which card this one is shown. */
  mergedInto: Named.nullable(),
  fields: CardForm,
  names: z.object({ latin: z.string(), cyrillic: z.string() }),
  isMinor: z.boolean(),
  consentAt: z.number().nullable(),
  numbers: z.array(
    z.object({
      number: z.string(),
      standing: z.enum(NUMBER_STANDINGS),
      /** Last named or called from. */
      seenAt: z.number(),
    }),
  ),
  /** Of a legal entity: who calls for it. */
  contacts: z.array(Named.extend({ role: z.string(), numbers: z.array(z.string()) })),
  /** Of a person: for whom he calls. */
  contactOf: z.array(Named.extend({ role: z.string() })),
  /** Newest first, those of the cards that were merged into it among them. */
  calls: z.array(
    z.object({
      id: z.uuid(),
      arrivedAt: z.number(),
      number: z.string(),
      outcome: z.enum(CALL_OUTCOMES).nullable(),
      topic: z.string().nullable(),
      agentName: z.string().nullable(),
    }),
  ),
  appeals: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      kind: z.enum(APPEAL_KINDS),
      status: z.enum(APPEAL_STATUSES),
      registeredOn: z.string(),
      dueOn: z.string().nullable(),
    }),
  ),
  /** Cards in this one that can be parted from it. */
  merged: z.array(Named.extend({ mergedAt: z.number(), mergedByName: z.string() })),
  /** Other cards that may be the same citizen's: of the same PINFL or STIR, or of the same name with the same number. */
  alike: z.array(Named.extend({ because: z.enum(['document', 'nameAndNumber']) })),
  changedAt: z.number(),
  changedByName: z.string().nullable(),
  timeline: z.array(TimelineEvent),
})
export type CitizenCard = z.infer<typeof CitizenCard>

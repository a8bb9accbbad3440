/**
 * Cards opened, added, changed, merged and split.
 *
 * Every change names the version it is based on. Whoever was slower is refused with
 * `changedMeanwhile`, reads the card again and sees both (core/citizens/reconcile.ts).
 */
import type { Kysely, Transaction } from 'kysely'
import type {
  AddCitizen,
  AddContact,
  ChangeCitizen,
  CitizenCard,
  DocumentName,
  JudgeNumber,
  MergeCitizens,
} from '#contract/citizens.ts'
import { type CardFields, cardSearchKey, readCard } from '#core/citizens/citizen-card.ts'
import { mergeCards, splitCards, whyNotMerge } from '#core/citizens/merge-cards.ts'
import { changedFields } from '#core/citizens/reconcile.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { record, recordOncePerDay } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import {
  findStored,
  lockCards,
  lockMerging,
  maskedFields,
  putUnder,
  readCitizenCard,
  type StoredCard,
  takeOut,
  writeCard,
} from './card-store.ts'
import { addContact, removeContact } from './contacts.ts'
import type { CitizenEvent } from './events.ts'
import { knownNumber, moveNumber } from './numbers.ts'
import { insertCitizen, putNumber } from './store.ts'

type Trx = Transaction<Database>

type Deps = { db: Kysely<Database>; now: () => Instant; changed: (citizen: CitizenId) => void }

export function citizenCards({ db, now, changed }: Deps) {
  const today = () => tashkentDay(now())

  async function card(id: CitizenId): Promise<CitizenCard> {
    const found = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => readCitizenCard(trx, id, today()))
    if (!found) throw new Refusal('notFound', `No citizen ${id}`)
    return found
  }

  /** Does it, tells it, and answers with the card as it is afterwards. */
  async function doing(work: (trx: Trx) => Promise<CitizenId>): Promise<CitizenCard> {
    const id = await db.transaction().execute(work)
    changed(id)
    return await card(id)
  }

  return {
    card,

    /** On somebody's screen, which is written down at the card that is shown. */
    async open(id: CitizenId, by: StaffId): Promise<CitizenCard> {
      const found = await card(id)
      const citizen = found.id as CitizenId
      await recordOncePerDay<CitizenEvent>(
        db,
        { type: 'citizenOpened', citizen, by },
        { about: citizen, at: now() },
      )
      return found
    },

    add: (asked: AddCitizen, by: StaffId) => doing((trx) => add(trx, { asked, by, today: today() })),

    change: (id: CitizenId, asked: ChangeCitizen, by: StaffId) =>
      doing((trx) => change(trx, { id, asked, by, today: today() })),

    /** In full, and it is written down who wanted to see it. */
    async openDocument(id: CitizenId, document: DocumentName, by: StaffId): Promise<string> {
      return await db.transaction().execute(async (trx) => {
        const stored = mustBeThere(await findStored(trx, id), id)
        await record<CitizenEvent>(trx, { type: 'citizenDocumentOpened', citizen: id, document, by })
        return stored.fields[document]
      })
    },

    addNumber: (id: CitizenId, text: string, by: StaffId) =>
      doing(async (trx) => {
        mustBeCurrent((await lockCards(trx, [id])).get(id), id)
        const isNew = await putNumber(trx, id, knownNumber(text, 'number'))
        if (isNew) await record<CitizenEvent>(trx, { type: 'citizenNumberAdded', citizen: id, by })
        return id
      }),

    judgeNumber: (id: CitizenId, { number, action }: JudgeNumber, by: StaffId) =>
      doing(async (trx) => {
        const { e164 } = knownNumber(number, 'number')
        if (!(await moveNumber(trx, { citizen: id, e164, action, by })))
          throw new Refusal('wrongStatus', `${action} is not possible for this number`)
        return id
      }),

    addContact: (id: CitizenId, asked: AddContact, by: StaffId) =>
      doing((trx) => addContact(trx, id, { asked, by })),

    removeContact: (id: CitizenId, person: CitizenId, by: StaffId) =>
      doing((trx) => removeContact(trx, id, { person, by })),

    merge: (id: CitizenId, asked: MergeCitizens, by: StaffId) =>
      doing((trx) => merge(trx, { id, asked, by })),

    async split(id: CitizenId, other: CitizenId, by: StaffId): Promise<CitizenCard> {
      const after = await doing((trx) => split(trx, { id, other, by }))
      changed(other)
      return after
    },
  }
}

async function add(trx: Trx, { asked, by, today }: { asked: AddCitizen; by: StaffId; today: Day }) {
  const { card, faults } = readCard(asked.fields, today)
  if (faults.length > 0) throw fieldsRefused(faults)
  const number = asked.number?.trim() ? knownNumber(asked.number, 'number') : undefined
  const id = await insertCitizen(trx, { card, searchKey: cardSearchKey(card), by })
  await record<CitizenEvent>(trx, { type: 'citizenAdded', citizen: id, by })
  if (number) await putNumber(trx, id, number)
  return id
}

type Change = { id: CitizenId; asked: ChangeCitizen; by: StaffId; today: Day }

async function change(trx: Trx, { id, asked, by, today }: Change): Promise<CitizenId> {
  const stored = mustBeCurrent((await lockCards(trx, [id])).get(id), id)
  mustBeAt(stored, asked.basedOn)
  const { card, faults } = readCard(unmasked(asked.fields, stored.fields), today)
  const fields = changedFields(stored.fields, card)
  // What was wrong before, and nobody touched, keeps nobody from writing down the rest.
  const own = faults.filter(({ field, fault }) => fields.includes(field) || fault === 'pinflOfAnotherDay')
  if (own.length > 0) throw fieldsRefused(own)
  if (fields.length === 0) return id
  const version = await writeCard(trx, stored, { fields: card, searchKey: cardSearchKey(card), by })
  await record<CitizenEvent>(trx, { type: 'citizenChanged', citizen: id, version, fields, by })
  return id
}

/** A document that comes back as it was shown stays what it is. */
function unmasked(form: CardFields, stored: CardFields): CardFields {
  const shown = maskedFields(stored)
  return {
    ...form,
    ...(form.pinfl === shown.pinfl && { pinfl: stored.pinfl }),
    ...(form.passport === shown.passport && { passport: stored.passport }),
  }
}

async function merge(
  trx: Trx,
  { id, asked, by }: { id: CitizenId; asked: MergeCitizens; by: StaffId },
): Promise<CitizenId> {
  const otherId = asked.other as CitizenId
  await lockMerging(trx)
  const cards = await lockCards(trx, [id, otherId])
  const kept = mustBeThere(cards.get(id), id)
  const other = mustBeThere(cards.get(otherId), otherId)
  const obstacle = whyNotMerge(kept, other)
  if (obstacle) throw new Refusal('cannotMerge', `${id} and ${otherId}: ${obstacle}`)
  mustBeAt(kept, asked.basedOn)
  mustBeAt(other, asked.otherBasedOn)
  const { fields, filled } = mergeCards(kept.fields, other.fields)
  await putUnder(trx, { kept: id, other: otherId, by }, filled)
  await writeCard(trx, kept, { fields, searchKey: cardSearchKey(fields), by })
  await record<CitizenEvent>(trx, { type: 'citizensMerged', citizen: id, mergedCard: otherId, by })
  return id
}

async function split(
  trx: Trx,
  { id, other: otherId, by }: { id: CitizenId; other: CitizenId; by: StaffId },
): Promise<CitizenId> {
  await lockMerging(trx)
  const cards = await lockCards(trx, [id, otherId])
  const kept = mustBeThere(cards.get(id), id)
  const other = mustBeThere(cards.get(otherId), otherId)
  const filled = await takeOut(trx, { kept: id, other: otherId, by })
  if (!filled) throw new Refusal('wrongStatus', `${otherId} is not merged into ${id}`)
  const { fields } = splitCards(kept.fields, other.fields, filled)
  await writeCard(trx, kept, { fields, searchKey: cardSearchKey(fields), by })
  await record<CitizenEvent>(trx, { type: 'citizensSplit', citizen: id, mergedCard: otherId, by })
  return id
}

function mustBeThere(card: StoredCard | undefined, id: CitizenId): StoredCard {
  if (!card) throw new Refusal('notFound', `No citizen ${id}`)
  return card
}

function mustBeCurrent(card: StoredCard | undefined, id: CitizenId): StoredCard {
  const there = mustBeThere(card, id)
  if (there.status !== 'current') throw new Refusal('wrongStatus', `${id} is merged into another card`)
  return there
}

function mustBeAt(card: StoredCard, basedOn: number): void {
  if (card.version !== basedOn)
    throw new Refusal('changedMeanwhile', `The card ${card.id} is at version ${card.version} now`)
}

function fieldsRefused(faults: readonly { field: string; fault: string }[]): Refusal {
  return new Refusal('badInput', faults.map(({ field, fault }) => `fields.${field}: ${fault}`).join('; '))
}

/** Who calls for a legal entity: linked and unlinked, with what he is there. */
import type { Transaction } from 'kysely'
import type { AddContact } from '#contract/citizens.ts'
import { CONTACTS_MAX, readContactRole, whyNotContact } from '#core/citizens/contacts.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { lockCards, type StoredCard } from './card-store.ts'
import { countContacts, endContact, insertContact } from './contact-store.ts'
import type { CitizenEvent } from './events.ts'

type Trx = Transaction<Database>

export async function addContact(
  trx: Trx,
  id: CitizenId,
  { asked, by }: { asked: AddContact; by: StaffId },
): Promise<CitizenId> {
  const person = asked.person as CitizenId
  const role = readContactRole(asked.role)
  if (!role) throw new Refusal('badInput', 'role: it is not said what he is there')
  const cards = await lockCards(trx, [id, person])
  const [entity, other] = [there(cards, id), there(cards, person)]
  const obstacle = whyNotContact(ofKind(entity), ofKind(other))
  if (obstacle) throw new Refusal('wrongStatus', `${person} cannot be a contact of ${id}: ${obstacle}`)
  if ((await countContacts(trx, id)) >= CONTACTS_MAX)
    throw new Refusal('tooLarge', `${id} has ${CONTACTS_MAX} contacts already`)
  if (!(await insertContact(trx, { entity: id, person, by }, role)))
    throw new Refusal('onlyOnce', `${person} is a contact of ${id} already`)
  await record<CitizenEvent>(trx, { type: 'citizenContactAdded', citizen: id, person, by })
  return id
}

export async function removeContact(
  trx: Trx,
  id: CitizenId,
  { person, by }: { person: CitizenId; by: StaffId },
): Promise<CitizenId> {
  await lockCards(trx, [id])
  if (!(await endContact(trx, { entity: id, person, by })))
    throw new Refusal('notFound', `${person} is no contact of ${id}`)
  await record<CitizenEvent>(trx, { type: 'citizenContactEnded', citizen: id, person, by })
  return id
}

function there(cards: ReadonlyMap<CitizenId, StoredCard>, id: CitizenId): StoredCard {
  const card = cards.get(id)
  if (!card) throw new Refusal('notFound', `No citizen ${id}`)
  return card
}

const ofKind = ({ id, status, fields }: StoredCard) => ({ id, status, kind: fields.kind })

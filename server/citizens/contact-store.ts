/** The SQL of who calls for a legal entity. Cards that were merged count as the card they are shown as. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CitizenCard } from '#contract/citizens.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** Both sides of a card: those who call for it, and those it calls for. */
export async function contactsOf(
  db: Db,
  cards: readonly CitizenId[],
): Promise<Pick<CitizenCard, 'contacts' | 'contactOf'>> {
  const people = await open(db)
    .innerJoin('citizens as filed', 'filed.id', 'linked.person')
    .innerJoin('citizens as shown', 'shown.id', 'filed.shown_as')
    .select(['shown.id', 'shown.name', 'linked.role'])
    .select(
      sql<string[]>`array(select distinct e164 from citizen_numbers where citizen_id in
        (select own.id from citizens own where own.shown_as = shown.id) and standing <> 'notHis' order by e164)`.as(
        'numbers',
      ),
    )
    .where('linked.entity', 'in', cards)
    .orderBy('linked.added_at')
    .execute()
  const entities = await open(db)
    .innerJoin('citizens as filed', 'filed.id', 'linked.entity')
    .innerJoin('citizens as shown', 'shown.id', 'filed.shown_as')
    .select(['shown.id', 'shown.name', 'linked.role'])
    .where('linked.person', 'in', cards)
    .orderBy('linked.added_at')
    .execute()
  return {
    contacts: people.map((row) => ({ ...row, numbers: row.numbers.map(displayNumber) })),
    contactOf: entities,
  }
}

const open = (db: Db) => db.selectFrom('citizen_contacts as linked').where('linked.ended_at', 'is', null)

export async function countContacts(trx: Trx, entity: CitizenId): Promise<number> {
  const counted = open(trx).where('linked.entity', '=', entity)
  const { count } = await counted
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Contact = { entity: CitizenId; person: CitizenId; by: StaffId }

/** False where he is one already. */
export async function insertContact(
  trx: Trx,
  { entity, person, by }: Contact,
  role: string,
): Promise<boolean> {
  const row = await trx
    .insertInto('citizen_contacts')
    .values({ entity, person, role, added_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whichever cards of the two were linked. False where there was no link. */
export async function endContact(trx: Trx, { entity, person, by }: Contact): Promise<boolean> {
  const own = (id: CitizenId) => trx.selectFrom('citizens').select('id').where('shown_as', '=', id)
  const ended = await trx
    .updateTable('citizen_contacts')
    .set({ ended_at: new Date(), ended_by: by })
    .where('ended_at', 'is', null)
    .where('entity', 'in', own(entity))
    .where('person', 'in', own(person))
    .returning('id')
    .execute()
  return ended.length > 0
}

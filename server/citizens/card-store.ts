/** One citizen's card: read with everything that hangs on it, written in versions, merged and split. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CitizenCard } from '#contract/citizens.ts'
import { type CardField, type CardFields, isMinor, namesOf } from '#core/citizens/citizen-card.ts'
import { maskPassport } from '#core/citizens/documents.ts'
import type { CardStatus } from '#core/citizens/merge-cards.ts'
import { strongest } from '#core/citizens/number-standing.ts'
import { maskPinfl } from '#core/citizens/pinfl.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import { contactsOf } from './contact-store.ts'
import { rowOf } from './store.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const CALLS_SHOWN_MAX = 50
const APPEALS_SHOWN_MAX = 50
const TIMELINE_MAX_EVENTS = 200
const ALIKE_MAX = 5
const MERGE_LOCK = 7_290_013

export type StoredCard = {
  id: CitizenId
  version: number
  status: CardStatus
  mergedInto: CitizenId | null
  shownAs: CitizenId
  /** With PINFL and passport in full. */
  fields: CardFields
}

/** Locked until the transaction ends. */
export async function lockCards(trx: Trx, ids: readonly CitizenId[]): Promise<Map<CitizenId, StoredCard>> {
  const rows = await cardsQuery(trx).where('id', 'in', ids).orderBy('id').forUpdate().execute()
  return new Map(rows.map((row) => [row.id, storedCard(row)]))
}

export async function findStored(db: Db, id: CitizenId): Promise<StoredCard | undefined> {
  const row = await cardsQuery(db).where('id', '=', id).executeTakeFirst()
  return row && storedCard(row)
}

const cardsQuery = (db: Db) => db.selectFrom('citizens').selectAll()

type Row = Awaited<ReturnType<ReturnType<typeof cardsQuery>['executeTakeFirstOrThrow']>>

function storedCard(row: Row): StoredCard {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    mergedInto: row.merged_into,
    shownAs: row.shown_as,
    fields: {
      kind: row.kind,
      name: row.name,
      nameCyrillic: row.name_cyrillic,
      birthDay: row.birth_on ?? '',
      isMinor: row.is_minor,
      pinfl: row.pinfl ?? '',
      passport: row.passport ?? '',
      stir: row.stir ?? '',
      region: row.region ?? '',
      address: row.address,
      language: row.language ?? '',
      representative: row.representative,
      consent: row.consent,
      note: row.note,
    },
  }
}

/** As it is shown: documents show their ends only. */
export function maskedFields(fields: CardFields): CardFields {
  return { ...fields, pinfl: maskPinfl(fields.pinfl), passport: maskPassport(fields.passport) }
}

export async function writeCard(
  trx: Trx,
  card: StoredCard,
  { fields, searchKey, by }: { fields: CardFields; searchKey: string; by: StaffId },
): Promise<number> {
  const now = new Date()
  const { version } = await trx
    .updateTable('citizens')
    .set({
      ...rowOf(fields),
      search_key: searchKey,
      version: card.version + 1,
      changed_at: now,
      changed_by: by,
      ...(fields.consent !== card.fields.consent && {
        consent_at: fields.consent === 'notAsked' ? null : now,
      }),
    })
    .where('id', '=', card.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

// Merging -------------------------------------------------------------------------

type Merge = { kept: CitizenId; other: CitizenId; by: StaffId }

/** One merge or split after the other: each may concern cards that neither of the two named. */
export async function lockMerging(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MERGE_LOCK})`.execute(trx)
}

/** The other card, and every card that was shown as it, is shown as the kept one from now on. */
export async function putUnder(trx: Trx, { kept, other, by }: Merge, filled: CardField[]): Promise<void> {
  await trx
    .updateTable('citizens')
    .set({ status: 'merged', merged_into: kept, shown_as: kept, version: sql`version + 1` })
    .where('id', '=', other)
    .execute()
  await trx.updateTable('citizens').set({ shown_as: kept }).where('shown_as', '=', other).execute()
  await trx.insertInto('citizen_merges').values({ kept, other, merged_by: by, filled }).execute()
}

/** The other card is on its own again, with the cards that had been merged into it before. */
export async function takeOut(trx: Trx, { kept, other, by }: Merge): Promise<CardField[] | undefined> {
  const merge = await trx
    .updateTable('citizen_merges')
    .set({ split_at: new Date(), split_by: by })
    .where('kept', '=', kept)
    .where('other', '=', other)
    .where('split_at', 'is', null)
    .returning('filled')
    .executeTakeFirst()
  if (!merge) return undefined
  await sql`with recursive below as (
      select id from citizens where id = ${other}
      union all
      select citizens.id from citizens join below on citizens.merged_into = below.id
    )
    update citizens set shown_as = ${other},
      status = case when id = ${other} then 'current' else status end,
      merged_into = case when id = ${other} then null else merged_into end,
      version = case when id = ${other} then version + 1 else version end
    where id in (select id from below)`.execute(trx)
  return merge.filled
}

// Reading -------------------------------------------------------------------------

/** Of one moment, and with what hangs on the cards that were merged into it. */
export async function readCitizenCard(trx: Trx, id: CitizenId, today: Day): Promise<CitizenCard | undefined> {
  const row = await cardsQuery(trx).where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const card = storedCard(row)
  const own = await trx.selectFrom('citizens').select('id').where('shown_as', '=', id).execute()
  const cards = [id, ...own.map((one) => one.id)]
  const changedBy = row.changed_by && (await nameOf(trx, row.changed_by))
  return {
    id,
    version: card.version,
    status: card.status,
    mergedInto: card.status === 'merged' ? await named(trx, card.shownAs) : null,
    fields: maskedFields(card.fields) as CitizenCard['fields'],
    names: namesOf(card.fields),
    isMinor: isMinor(card.fields, today),
    consentAt: row.consent_at?.getTime() ?? null,
    numbers: await numbersOf(trx, cards),
    ...(await contactsOf(trx, cards)),
    calls: await callsOf(trx, cards),
    appeals: await appealsOf(trx, cards),
    merged: await mergedInto(trx, id),
    alike: await alikeTo(trx, card),
    changedAt: (row.changed_at ?? row.created_at).getTime(),
    changedByName: changedBy || null,
    timeline: await timelineOf(trx, cards),
  }
}

async function nameOf(db: Db, staff: StaffId): Promise<string> {
  const row = await db.selectFrom('staff_members').select('name').where('id', '=', staff).executeTakeFirst()
  return row?.name ?? ''
}

async function named(db: Db, id: CitizenId) {
  return await db.selectFrom('citizens').select(['id', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
}

async function numbersOf(db: Db, cards: readonly CitizenId[]): Promise<CitizenCard['numbers']> {
  const rows = await db
    .selectFrom('citizen_numbers')
    .select(['e164', 'standing', 'seen_at'])
    .where('citizen_id', 'in', cards)
    .orderBy('seen_at', 'desc')
    .execute()
  return [...Map.groupBy(rows, ({ e164 }) => e164)].map(([e164, same]) => ({
    number: displayNumber(e164),
    standing: strongest(same.map(({ standing }) => standing)),
    seenAt: same[0]?.seen_at.getTime() ?? 0,
  }))
}

async function callsOf(db: Db, cards: readonly CitizenId[]): Promise<CitizenCard['calls']> {
  const rows = await db
    .selectFrom('calls')
    .leftJoin('staff_members', 'staff_members.id', 'calls.agent')
    .select(['calls.id', 'arrived_at', 'caller_e164', 'caller_raw', 'outcome', 'topic'])
    .select('staff_members.name as agent_name')
    .where('citizen', 'in', cards)
    .orderBy('arrived_at', 'desc')
    .limit(CALLS_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    arrivedAt: row.arrived_at.getTime(),
    number: displayNumber(row.caller_e164 ?? row.caller_raw),
    outcome: row.outcome,
    topic: row.topic,
    agentName: row.agent_name,
  }))
}

async function appealsOf(db: Db, cards: readonly CitizenId[]): Promise<CitizenCard['appeals']> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['id', 'number', 'kind', 'status', 'registered_on', 'due_on'])
    .where('citizen', 'in', cards)
    // A report of corruption is seen by nobody but those who handle it.
    .where('track', '<>', 'trust')
    .orderBy('id', 'desc')
    .limit(APPEALS_SHOWN_MAX)
    .execute()
  return rows.map(({ registered_on, due_on, ...row }) => ({
    ...row,
    registeredOn: registered_on,
    dueOn: due_on,
  }))
}

async function mergedInto(db: Db, id: CitizenId): Promise<CitizenCard['merged']> {
  const rows = await db
    .selectFrom('citizen_merges')
    .innerJoin('citizens', 'citizens.id', 'citizen_merges.other')
    .innerJoin('staff_members', 'staff_members.id', 'merged_by')
    .select(['citizens.id', 'citizens.name', 'merged_at', 'staff_members.name as merged_by_name'])
    .where('kept', '=', id)
    .where('split_at', 'is', null)
    .orderBy('merged_at', 'desc')
    .execute()
  return rows.map(({ merged_at, merged_by_name, ...row }) => ({
    ...row,
    mergedAt: merged_at.getTime(),
    mergedByName: merged_by_name,
  }))
}

async function alikeTo(db: Db, { id, fields, status }: StoredCard): Promise<CitizenCard['alike']> {
  if (status !== 'current') return []
  const documents = await db
    .selectFrom('citizens')
    .select(['id', 'name'])
    .where('status', '=', 'current')
    .where('id', '<>', id)
    .where((eb) => eb.or([eb('pinfl', '=', fields.pinfl || null), eb('stir', '=', fields.stir || null)]))
    .limit(ALIKE_MAX)
    .execute()
  const names = await db
    .selectFrom('citizen_numbers as mine')
    .innerJoin('citizen_numbers as others', 'others.e164', 'mine.e164')
    .innerJoin('citizens', 'citizens.id', 'others.citizen_id')
    .innerJoin('citizens as self', 'self.id', 'mine.citizen_id')
    .select(['citizens.id', 'citizens.name'])
    .distinct()
    .where('mine.citizen_id', '=', id)
    .where('citizens.id', '<>', id)
    .where('citizens.status', '=', 'current')
    .where(sql<boolean>`string_to_array(citizens.search_key, '|') && string_to_array(self.search_key, '|')`)
    .limit(ALIKE_MAX)
    .execute()
  const known = new Set(documents.map((one) => one.id))
  return [
    ...documents.map((one) => ({ ...one, because: 'document' as const })),
    ...names
      .filter((one) => !known.has(one.id))
      .map((one) => ({ ...one, because: 'nameAndNumber' as const })),
  ]
}

/** What happened to the card and to the cards in it, newest first. */
async function timelineOf(db: Db, cards: readonly CitizenId[]): Promise<CitizenCard['timeline']> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('staff_members', 'staff_members.id', 'events.actor')
    .select(['events.at', 'events.type', 'events.body', 'staff_members.name'])
    .where((eb) =>
      eb.or([
        sql<boolean>`(events.body ->> 'citizen') = any(${cards})`,
        sql<boolean>`(events.body ->> 'mergedCard') = any(${cards})`,
      ]),
    )
    .where('events.type', 'like', 'citizen%')
    // What was done to the card, and not who looked at it.
    .where('events.type', '<>', 'citizenOpened')
    .orderBy('events.id', 'desc')
    .limit(TIMELINE_MAX_EVENTS)
    .execute()
  return rows.map(({ at, type, body, name }) => ({
    at: at.getTime(),
    type,
    actorName: name,
    detail: body as Record<string, unknown>,
  }))
}

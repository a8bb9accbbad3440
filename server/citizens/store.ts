/** Citizens in lists and of a number: who may be calling, and who is found by some words. */
import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely'
import { APPEAL_STATUSES, clockRuns } from '#core/appeals/appeal-status.ts'
import type { CardFields } from '#core/citizens/citizen-card.ts'
import type { NumberStanding } from '#core/citizens/number-standing.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

export const OPEN_STATUSES = APPEAL_STATUSES.filter(clockRuns)

/** More than a screen says; an office that calls all day long must not cost a count of years. */
const COUNTED_MAX = 100
const NOTE_EXCERPT_CHARACTERS = 300
const OPEN_APPEALS_MAX = 10
/** A word that is on more cards than this tells too little to look at all of them. */
const LOOKED_AT_MAX = 500
/** Of one number; several cards of these may be one citizen's. */
const CARDS_OF_NUMBER_MAX = 24

/** The cards that are shown as this one, itself among them: calls and appeals of all of them are his. */
function shownAs(citizen: string) {
  return sql`(select own.id from citizens own where own.shown_as = ${sql.ref(citizen)})`
}

/** Calls and open appeals of each citizen of the query. */
function counts(citizen: string) {
  const open = sql.join(OPEN_STATUSES)
  return [
    sql<string>`(select count(*) from (select from calls where calls.citizen in ${shownAs(citizen)}
      limit ${sql.lit(COUNTED_MAX)}) counted)`.as('calls'),
    sql<string>`(select count(*) from (select from appeals where appeals.citizen in ${shownAs(citizen)}
      and appeals.status in (${open}) and appeals.track <> 'trust' limit ${sql.lit(COUNTED_MAX)}) counted)`.as(
      'openAppeals',
    ),
  ] as const
}

/** The entities for which he calls, whichever of his cards was named. */
function contactOf(citizen: string) {
  return sql<{ id: CitizenId; name: string; role: string }[]>`(select coalesce(
      jsonb_agg(jsonb_build_object('id', entities.id, 'name', entities.name, 'role', linked.role)
        order by linked.added_at), '[]')
    from citizen_contacts linked
    join citizens filed_entity on filed_entity.id = linked.entity
    join citizens entities on entities.id = filed_entity.shown_as
    where linked.person in ${shownAs(citizen)} and linked.ended_at is null)`
}

/** Those who use the number, the one seen last first. A citizen of several cards comes once for each. */
export async function listByNumber(db: Db, e164: string) {
  return await db
    .selectFrom((eb) =>
      eb
        .selectFrom('citizen_numbers')
        .select(['citizen_id', 'standing', 'seen_at'])
        .where('e164', '=', e164)
        .where('standing', '<>', 'notHis')
        .orderBy('seen_at', 'desc')
        .limit(CARDS_OF_NUMBER_MAX)
        .as('used'),
    )
    .innerJoin('citizens as filed', 'filed.id', 'used.citizen_id')
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .select(['citizens.id', 'citizens.kind', 'citizens.name', 'used.standing', 'used.seen_at'])
    .select(contactOf('citizens.id').as('contactOf'))
    .select(sql<string>`left(citizens.note, ${sql.lit(NOTE_EXCERPT_CHARACTERS)})`.as('note'))
    .select(counts('citizens.id'))
    .orderBy('used.seen_at', 'desc')
    .execute()
}

/** Of these citizens what is still owed a reply, the most urgent first. */
export async function listOpenAppeals(db: Db, citizens: readonly CitizenId[]) {
  if (citizens.length === 0) return []
  return await db
    .selectFrom('citizens')
    .innerJoin('appeals', 'appeals.citizen', 'citizens.id')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['appeals.id', 'appeals.number', 'appeals.kind', 'due_on', 'citizens.shown_as'])
    .where('citizens.shown_as', 'in', citizens)
    .where('appeals.status', 'in', OPEN_STATUSES)
    // A report of corruption is seen by nobody but those who handle it.
    .where('appeals.track', '<>', 'trust')
    .orderBy('due_on')
    .limit(OPEN_APPEALS_MAX)
    .execute()
}

const numbersOf = sql<string[]>`array(select distinct on (e164) e164 from citizen_numbers
  where citizen_id in ${shownAs('citizens.id')} and standing <> 'notHis' order by e164)`

type Condition = (eb: ExpressionBuilder<Database, 'citizens'>) => ReturnType<typeof eb.and>

function rows(db: Db) {
  return db
    .selectFrom('citizens')
    .select(['citizens.id', 'kind', 'name', 'name_cyrillic', 'birth_on', 'region', numbersOf.as('numbers')])
    .select(counts('citizens.id'))
}

/** The current cards of those that fulfil the condition, by name; of very many only some, for a further word tells more. */
async function listWhere(db: Db, condition: Condition, limit: number) {
  return await rows(db)
    .where('citizens.id', 'in', (eb) =>
      eb.selectFrom('citizens').select('shown_as').where(condition).limit(LOOKED_AT_MAX),
    )
    .orderBy('search_key')
    .limit(limit)
    .execute()
}

/**
 * Those whose name holds every one of these words: first those that begin with the first of them, then the others, with
 * those of whom a card that was merged into theirs says so.
 */
export async function listByName(db: Db, words: readonly string[], limit: number) {
  const holds: Condition = (eb) => eb.and(words.map((word) => eb('search_key', 'like', `%${word}%`)))
  const beginning = await rows(db)
    .where('search_key', 'like', `${words[0] ?? ''}%`)
    .where(holds)
    .where('status', '=', 'current')
    .orderBy('search_key')
    .limit(limit)
    .execute()
  if (beginning.length === limit) return beginning
  const known = new Set(beginning.map(({ id }) => id))
  const others = await listWhere(db, holds, limit)
  return [...beginning, ...others.filter(({ id }) => !known.has(id))].slice(0, limit)
}

export async function listByDigits(db: Db, digits: string, limit: number) {
  const uses: Condition = (eb) =>
    eb.and([
      eb('citizens.id', 'in', (numbers) =>
        numbers.selectFrom('citizen_numbers').select('citizen_id').where('e164', 'like', `%${digits}%`),
      ),
    ])
  return await listWhere(db, uses, limit)
}

/** By a whole PINFL, or a whole STIR. */
export async function listByDocument(db: Db, document: string, limit: number) {
  return await listWhere(db, (eb) => eb.or([eb('pinfl', '=', document), eb('stir', '=', document)]), limit)
}

export async function listNewest(db: Db, limit: number) {
  return await rows(db)
    .where('status', '=', 'current')
    .where('citizens.id', '<>', NOBODY)
    .orderBy('citizens.id', 'desc')
    .limit(limit)
    .execute()
}

/** What these citizens are found by; who is missing is not there. */
export async function citizenKeys(db: Db, ids: readonly CitizenId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('citizens').select(['id', 'search_key']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, search_key }) => [id, search_key]))
}

/** Whose appeals are those of people who did not say who they are: no citizen, and never anybody's candidate. */
export const NOBODY = '00000000-0000-7000-8000-000000000000' as CitizenId
const NOBODY_NAME = 'Anonim'

/** Made with the first appeal that needs it. */
export async function putNobody(trx: Trx): Promise<void> {
  await trx
    .insertInto('citizens')
    .values({ id: NOBODY, shown_as: NOBODY, name: NOBODY_NAME })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Those whose name, in either script, has such a key, and who use the number beside it. */
export async function findByKeysAndNumbers(trx: Trx, pairs: readonly { key: string; e164: string }[]) {
  if (pairs.length === 0) return []
  const { rows } = await sql<{ key: string; e164: string; id: CitizenId }>`
    select distinct on (asked.key, asked.e164) asked.key, asked.e164, citizens.id
    from unnest(${pairs.map(({ key }) => key)}::text[], ${pairs.map(({ e164 }) => e164)}::text[]) as asked (key, e164)
      join citizen_numbers using (e164)
      join citizens on citizens.id = citizen_numbers.citizen_id
    where asked.key = any(string_to_array(search_key, '|'))
    order by asked.key, asked.e164, citizens.id`.execute(trx)
  return rows
}

/** The current card of each; of several that nobody has merged yet the first. */
export async function findByPinfls(trx: Trx, pinfls: readonly string[]): Promise<Map<string, CitizenId>> {
  if (pinfls.length === 0) return new Map()
  const { rows } = await sql<{ pinfl: string; id: CitizenId }>`
    select distinct on (pinfl) pinfl, id from citizens
    where pinfl = any(${pinfls}::text[]) and status = 'current' order by pinfl, id`.execute(trx)
  return new Map(rows.map(({ pinfl, id }) => [pinfl, id]))
}

/** Until the end of the transaction nobody else adds a citizen of these numbers, of telephones or persons. In one order, so that nobody waits in a circle. */
export async function lockNumbers(trx: Trx, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return
  const inOrder = [...new Set(numbers)].toSorted()
  await sql`select pg_advisory_xact_lock(hashtextextended(e164, 0))
    from unnest(${inOrder}::text[]) with ordinality as asked (e164, place) order by place`.execute(trx)
}

type NewCitizen = { card: CardFields; searchKey: string; by: StaffId | null }

export async function insertCitizen(trx: Trx, citizen: NewCitizen): Promise<CitizenId> {
  const [id] = await insertCitizens(trx, [citizen])
  return id as CitizenId
}

/** Their ids, in their order. */
export async function insertCitizens(trx: Trx, citizens: readonly NewCitizen[]): Promise<CitizenId[]> {
  const rows = await trx
    .insertInto('citizens')
    .values(
      citizens.map(({ card, searchKey, by }) => ({
        ...rowOf(card),
        search_key: searchKey,
        changed_by: by,
        changed_at: new Date(),
        consent_at: card.consent === 'notAsked' ? null : new Date(),
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The fields as the table has them. */
export function rowOf(card: CardFields) {
  return {
    kind: card.kind,
    name: card.name,
    name_cyrillic: card.nameCyrillic,
    birth_on: card.birthDay || null,
    is_minor: card.isMinor,
    pinfl: card.pinfl || null,
    passport: card.passport || null,
    stir: card.stir || null,
    region: card.region || null,
    address: card.address,
    language: card.language || null,
    representative: card.representative,
    consent: card.consent,
    note: card.note,
  }
}

/** Names the number once more, or puts it on the card. Whether it was new is said. */
export async function putNumber(
  trx: Trx,
  citizen: CitizenId,
  { e164, confidence }: { e164: string; confidence: 'high' | 'low' },
): Promise<boolean> {
  const { is_new } = await trx
    .insertInto('citizen_numbers')
    .values({ citizen_id: citizen, e164, confidence })
    .onConflict((conflict) => conflict.columns(['citizen_id', 'e164']).doUpdateSet({ seen_at: new Date() }))
    .returning(sql<boolean>`xmax = 0`.as('is_new'))
    .executeTakeFirstOrThrow()
  return is_new
}

/** Names each number once more, or puts it on the card. None may be twice among them. */
export async function putNumbers(
  trx: Trx,
  numbers: readonly { citizen_id: CitizenId; e164: string; confidence: 'high' | 'low' }[],
): Promise<void> {
  if (numbers.length === 0) return
  await trx
    .insertInto('citizen_numbers')
    .values(numbers)
    .onConflict((conflict) => conflict.columns(['citizen_id', 'e164']).doUpdateSet({ seen_at: new Date() }))
    .execute()
}

/** How sure the number is on each card of the citizen that has it; locked until the transaction ends. */
export async function lockStandings(trx: Trx, citizen: CitizenId, e164: string) {
  return await trx
    .selectFrom('citizen_numbers')
    .select(['citizen_id', 'standing'])
    .where('e164', '=', e164)
    .where((eb) =>
      eb('citizen_id', 'in', eb.selectFrom('citizens').select('id').where('shown_as', '=', citizen)),
    )
    .orderBy('citizen_id')
    .forUpdate()
    .execute()
}

export async function setStanding(
  trx: Trx,
  cards: readonly CitizenId[],
  { e164, standing }: { e164: string; standing: NumberStanding },
): Promise<void> {
  await trx
    .updateTable('citizen_numbers')
    .set({ standing })
    .where('e164', '=', e164)
    .where('citizen_id', 'in', cards)
    .execute()
}

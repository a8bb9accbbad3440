/** Repeats and duplicates: proposed each time a card is opened, decided once by a person, and kept with who it was. */
import type { Kysely, Transaction } from 'kysely'
import type { AppealLink, DecideLink } from '#contract/appeals.ts'
import { type ComparedAppeal, proposeLinks } from '#core/appeals/likeness.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import { maySeeAppeal } from '#core/appeals/seeing.ts'
import type { AppealId, CitizenId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AppealEvent } from './events.ts'
import type { Registrar } from './registering.ts'

type Db = Kysely<Database>

/** Whoever writes more often than this within a year is known to the office without this list. */
const COMPARED_MAX_APPEALS = 50
const COMPARED_DAYS = 365
const DAY_MS = 86_400_000

/** The appeal, and what the same person sent in the year before it, in the same track. */
async function findCompared(db: Db, id: AppealId): Promise<{ own: Row; earlier: Row[] } | undefined> {
  const own = await comparedQuery(db).where('appeals.id', '=', id).executeTakeFirst()
  // Who did not say who he is repeats nobody.
  if (!own || own.is_anonymous) return undefined
  const since = new Date(own.received_at.getTime() - COMPARED_DAYS * DAY_MS)
  const earlier = await comparedQuery(db)
    .where('appeals.id', '<>', id)
    .where('appeals.track', '=', own.track)
    .where('citizens.id', 'in', await namesakesOf(db, own))
    .where('appeals.received_at', '>=', since)
    .where('appeals.received_at', '<=', own.received_at)
    .orderBy('appeals.id', 'desc')
    .limit(COMPARED_MAX_APPEALS)
    .execute()
  return { own, earlier }
}

/** Himself, and whom the office knows by a name of his: a second number makes a second citizen. */
async function namesakesOf(db: Db, { citizen, search_key }: Row): Promise<CitizenId[]> {
  const rows = await db
    .selectFrom('citizens')
    .select('id')
    .where((eb) => eb.or(keysOf(search_key).map((key) => eb('search_key', 'like', `%${key}%`))))
    .limit(COMPARED_MAX_APPEALS)
    .execute()
  return [citizen, ...rows.map(({ id }) => id)]
}

/** Whose cards were merged is found by any of the names. */
function keysOf(searchKey: string): string[] {
  return searchKey.split('|').filter((key) => key !== '')
}

function comparedQuery(db: Db) {
  return (
    db
      .selectFrom('appeals')
      .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
      .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
      // His card may have been merged into another since.
      .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
      .select(['appeals.id', 'appeals.number', 'appeals.status', 'appeals.topic', 'citizens.id as citizen'])
      .select(['appeals.text', 'appeals.received_at', 'due_on', 'appeals.replied_at', 'appeals.track'])
      .select(['citizens.search_key', 'appeals.is_anonymous'])
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof comparedQuery>['executeTakeFirstOrThrow']>>

/** `own` are the names of the one who sent the appeal that is compared. */
function compared(row: Row, own: readonly string[]): ComparedAppeal {
  const { id, citizen, topic, text, search_key, received_at, due_on, replied_at } = row
  return {
    id,
    citizen,
    nameKey: keysOf(search_key).some((key) => own.includes(key)) ? (own[0] ?? '') : '',
    topic,
    text,
    receivedAt: received_at.getTime(),
    dueOn: due_on,
    repliedAt: replied_at?.getTime() ?? null,
  }
}

/**
 * What was decided, and what is proposed and waits for somebody, as far as the reader may see the other appeal: either
 * may have gone to another track since.
 */
export async function linksOf(db: Db, id: AppealId, reader: Role): Promise<AppealLink[]> {
  const [found, all] = await Promise.all([findCompared(db, id), findDecided(db, id)])
  if (!found) return []
  const isSeen = ({ track }: Pick<Row, 'track'>) => maySeeAppeal(reader, track)
  const decided = all.filter(isSeen)
  const seen = found.earlier.filter(isSeen)
  const rowOf = new Map(seen.map((row) => [row.id as string, row]))
  const names = keysOf(found.own.search_key)
  const earlier = seen.map((row) => compared(row, names))
  const proposals = proposeLinks(compared(found.own, names), earlier).flatMap((proposal) => {
    const other = rowOf.get(proposal.other)
    return other ? [{ ...proposal, other }] : []
  })
  const links = decided.map((one): AppealLink => {
    const proposal = proposals.find(({ other, flag }) => other.id === one.id && flag === one.flag)
    return {
      other: { id: one.id, number: one.number, status: one.status },
      flag: one.flag,
      accepted: one.accepted,
      likeness: proposal?.likenessPercent ?? null,
      reasons: [...(proposal?.reasons ?? [])],
    }
  })
  const waiting = proposals
    .filter(({ other, flag }) => !decided.some((one) => one.id === other.id && one.flag === flag))
    .map(({ other, flag, likenessPercent, reasons }): AppealLink => {
      const { id: otherId, number, status } = other
      return {
        other: { id: otherId, number, status },
        flag,
        accepted: null,
        likeness: likenessPercent,
        reasons: [...reasons],
      }
    })
  return [...links, ...waiting]
}

async function findDecided(db: Db, id: AppealId) {
  return await db
    .selectFrom('appeal_links')
    .innerJoin('appeals', 'appeals.id', 'appeal_links.other')
    .select(['appeals.id', 'appeals.number', 'appeals.status', 'appeals.track'])
    .select(['appeal_links.flag', 'appeal_links.accepted'])
    .where('appeal_links.appeal', '=', id)
    .orderBy('appeal_links.decided_at')
    .execute()
}

type Deciding = DecideLink & { by: Registrar; at: Instant }

/** A decision may be changed; each is in the event log. */
export async function decideLink(
  trx: Transaction<Database>,
  id: AppealId,
  { other, flag, accepted, by, at }: Deciding,
): Promise<void> {
  const rows = await trx
    .selectFrom('appeals')
    .select(['id', 'track', 'received_at'])
    .where('id', 'in', [id, other as AppealId])
    .execute()
  const [own, earlier] = [id, other].map((one) => rows.find((row) => row.id === one))
  if (!own || !earlier || own.track !== earlier.track)
    throw new Refusal('notFound', `No appeals ${id}, ${other}`)
  if (!mayMove(by.role, 'classify', own.track)) throw new Refusal('notAllowed', `${by.role} decides no link`)
  if (own === earlier || earlier.received_at > own.received_at)
    throw new Refusal('badInput', 'other: it did not come before')
  const decision = { accepted, decided_by: by.id, decided_at: new Date(at) }
  await trx
    .insertInto('appeal_links')
    .values({ appeal: id, other: earlier.id, flag, ...decision })
    .onConflict((conflict) => conflict.columns(['appeal', 'other', 'flag']).doUpdateSet(decision))
    .execute()
  await record<AppealEvent>(trx, {
    type: 'appealLinkDecided',
    appeal: id,
    other: earlier.id,
    flag,
    accepted,
    by: by.id,
  })
}

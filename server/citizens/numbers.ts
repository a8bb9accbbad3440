/** Telephone numbers on citizens' cards: named, called from, confirmed, denied. The moves are core/citizens/number-standing.ts. */
import type { Transaction } from 'kysely'
import { type NumberAction, NUMBER_MOVES, strongest } from '#core/citizens/number-standing.ts'
import type { CallId, CitizenId, StaffId } from '#core/lib/ids.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { CitizenEvent } from './events.ts'
import { lockStandings, putNumber, setStanding } from './store.ts'

type Trx = Transaction<Database>
type KnownNumber = { e164: string; confidence: 'high' | 'low' }

/** Refuses what is no number; `where` says which field it stood in. */
export function knownNumber(text: string, where: string): KnownNumber {
  const { e164, confidence } = parsePhoneNumber(text)
  if (!e164 || confidence === 'none') throw new Refusal('badInput', `${where}: this is no telephone number`)
  return { e164, confidence }
}

type Move = { citizen: CitizenId; e164: string; action: NumberAction; by?: StaffId; call?: CallId }

/** Whether the table allows the move, which is then made on every card of the citizen that has the number. */
export async function moveNumber(trx: Trx, { citizen, e164, action, ...who }: Move): Promise<boolean> {
  const known = await lockStandings(trx, citizen, e164)
  if (known.length === 0) return false
  const from = strongest(known.map(({ standing }) => standing))
  const to = NUMBER_MOVES[from][action]
  if (!to) return false
  const cards = known.map(({ citizen_id }) => citizen_id)
  await setStanding(trx, cards, { e164, standing: to })
  await record<CitizenEvent>(trx, { type: 'citizenNumberMoved', citizen, from, to, ...who })
  return true
}

/**
 * An agent has said who it was that he talked with. Where the citizen called, the number is one he calls from; where we
 * called him there, and he answered, it is confirmed.
 */
export async function numberNamed(
  trx: Trx,
  { call, citizen: named }: { call: CallId; citizen: CitizenId },
): Promise<void> {
  const row = await trx
    .selectFrom('calls')
    .select(['caller_e164', 'caller_confidence', 'callback', 'connected_at'])
    .where('id', '=', call)
    .executeTakeFirst()
  const card = await trx.selectFrom('citizens').select('shown_as').where('id', '=', named).executeTakeFirst()
  if (!row?.caller_e164 || row.caller_confidence === 'none' || !card) return
  const e164 = row.caller_e164
  const citizen = card.shown_as
  if ((await lockStandings(trx, citizen, e164)).length === 0)
    await putNumber(trx, citizen, { e164, confidence: row.caller_confidence })
  const action = row.callback !== null && row.connected_at !== null ? 'confirm' : 'callFrom'
  await moveNumber(trx, { citizen, e164, action, call })
}

/** He had a code sent to it and typed it: the telephone is in his hand. */
export async function numberProven(
  trx: Trx,
  { citizen, e164 }: { citizen: CitizenId; e164: string },
): Promise<void> {
  await moveNumber(trx, { citizen, e164, action: 'confirm' })
}

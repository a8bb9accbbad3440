/** The telephone that an appeal names: read, and changed where it was written down wrongly. Whoever holds it follows the appeal. */
import { sql, type Transaction } from 'kysely'
import type { ChangeTelephone } from '#contract/appeal-office.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { mayNameAnother } from '#core/portal/following.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { AppealEvent } from './events.ts'

type Trx = Transaction<Database>

/** Told in the transaction: the telephone that is named by now gets number and code. */
export type TelephoneNamed = (
  trx: Trx,
  named: { appeal: AppealId; telephone: string; series: number },
) => Promise<void>

export function readTelephone(typed: string | null): string | null | Refusal {
  if (typed === null) return null
  return readMobileNumber(typed) ?? new Refusal('badInput', 'telephone: this is no number of Uzbekistan')
}

type Changing = ChangeTelephone & {
  readonly by: Pick<SignedInStaff, 'id' | 'role'>
  readonly named?: TelephoneNamed | undefined
}

/** The code that went to the earlier one opens nothing any more. Never over what was not seen. */
export async function changeTelephone(
  trx: Trx,
  id: AppealId,
  { was, telephone: typed, by, named }: Changing,
): Promise<void> {
  const telephone = readTelephone(typed)
  if (telephone instanceof Refusal) throw telephone
  const row = await trx
    .selectFrom('appeals')
    .select(['track', 'medium', 'telephone'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('notFound', `No appeal ${id}`)
  if (!mayMove(by.role, 'classify', row.track))
    throw new Refusal('notAllowed', `${by.role} changes no telephone of ${row.track}`)
  if (!mayNameAnother(row))
    throw new Refusal('moveNotPossible', `The telephone of ${id} was proven by its citizen`)
  if (row.telephone !== was)
    throw new Refusal('changedMeanwhile', `The telephone of ${id} was changed meanwhile`)
  if (row.telephone === telephone) return
  const { follow_series: series } = await trx
    .updateTable('appeals')
    .set({ telephone, follow_series: sql`follow_series + 1` })
    .where('id', '=', id)
    .returning('follow_series')
    .executeTakeFirstOrThrow()
  await record<AppealEvent>(trx, { type: 'appealTelephoneChanged', appeal: id, by: by.id })
  if (telephone !== null) await named?.(trx, { appeal: id, telephone, series })
}

/** Who filed an appeal beside the citizen whose card it is on: changed at the editing desk, never over what was not seen. */
import type { Transaction } from 'kysely'
import type { ChangeFilers } from '#contract/appeal-office.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AppealEvent } from './events.ts'
import { filerColumns, filersOf, storableFilers } from './filers-columns.ts'
import type { Registrar } from './registering.ts'
import { keepWords } from './words-store.ts'

type Changing = ChangeFilers & { readonly by: Registrar }

export async function changeFilers(
  trx: Transaction<Database>,
  id: AppealId,
  { was, filers, by }: Changing,
): Promise<void> {
  const row = await trx
    .selectFrom('appeals')
    .select(['track', 'cosigners', 'representative'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('notFound', `No appeal ${id}`)
  if (!mayMove(by.role, 'classify', row.track))
    throw new Refusal('notAllowed', `${by.role} changes no filers of ${row.track}`)
  if (JSON.stringify(filersOf(row)) !== JSON.stringify(storableFilers(was)))
    throw new Refusal('changedMeanwhile', `The filers of ${id} were changed meanwhile`)
  await trx.updateTable('appeals').set(filerColumns(filers)).where('id', '=', id).execute()
  await keepWords(trx, [id])
  const { cosigners, representative } = filers
  await record<AppealEvent>(trx, {
    type: 'appealFilersChanged',
    appeal: id,
    cosigners: cosigners.length,
    isRepresented: representative !== null,
    by: by.id,
  })
}

/**
 * What those who wait in a queue are told between the announcements of their
 * place. Kept in memory, because a call does not wait for the database, and
 * spoken before anybody hears it.
 */
import type { Kysely, Transaction } from 'kysely'
import { INFORMATION_MAX_TEXTS, type QueueInformation } from '#contract/flows.ts'
import type { WaitingInformation } from '#core/ivr/demo-waiting.ts'
import { inLanguages, type Say } from '#core/ivr/spoken.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type Texts } from '#core/lib/languages.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import { listQueueIds } from './store.ts'

const SETTING = 'waitingInformation'

export type InformationDeps = {
  db: Kysely<Database>
  speak(texts: readonly Say[]): Promise<void>
}

export type InformationService = Awaited<ReturnType<typeof informationService>>

export async function informationService({ db, speak }: InformationDeps) {
  let told: WaitingInformation = await readInformation(db)

  return {
    of: (queue: QueueId): readonly Texts[] => told[queue] ?? [],

    all: (): Texts[] => Object.values(told).flat(),

    async list(): Promise<QueueInformation[]> {
      const queues = await listQueueIds(db)
      return queues.map((queue) => ({ queue, texts: [...(told[queue] ?? [])] }))
    },

    /** Of one queue, all of it. Heard by whoever is told something from then on. */
    async change(queue: QueueId, sent: readonly Texts[], by: StaffId): Promise<void> {
      if (!(await listQueueIds(db)).includes(queue)) throw new Refusal('notFound', `No queue ${queue}`)
      const texts = sent.map(({ uz, ru }) => ({
        uz: asStorableText(uz).trim(),
        ru: asStorableText(ru).trim(),
      }))
      if (texts.some(({ uz, ru }) => !uz || !ru))
        throw new Refusal('badInput', 'A text is needed in each language')
      if (texts.length > INFORMATION_MAX_TEXTS) throw new Refusal('badInput', 'Too many texts')
      await speak(texts.flatMap((text) => inLanguages(text, CALL_LANGUAGES)))
      told = await db.transaction().execute(async (trx) => {
        const changed = { ...(await readInformation(trx)), [queue]: texts }
        await writeInformation(trx, changed)
        await record<IvrEvent>(trx, { type: 'informationChanged', queue, by })
        return changed
      })
    },
  }
}

export async function writeInformation(trx: Transaction<Database>, told: WaitingInformation): Promise<void> {
  const value = JSON.stringify(told)
  await trx
    .insertInto('settings')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute()
}

async function readInformation(db: Kysely<Database>): Promise<WaitingInformation> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst()
  return (row?.value ?? {}) as WaitingInformation
}

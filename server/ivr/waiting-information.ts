/**
 * What those who wait in a queue are told between the announcements of their
 * place. Kept in memory, because a call does not wait for the database, and
 * spoken before anybody hears it.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { InformationTexts, type SaveInformation, type WaitingInformation as Shown } from '#contract/flows.ts'
import { inLanguages, type Say } from '#core/ivr/spoken.ts'
import {
  checkInformation,
  type InformationText,
  toldOn,
  type WaitingInformation,
} from '#core/ivr/waiting-information.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type Texts } from '#core/lib/languages.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import { listQueueIds } from './store.ts'

export const INFORMATION = setting<WaitingInformation>(
  'waitingInformation',
  z.record(z.string(), InformationTexts),
  {},
)

export type InformationDeps = {
  db: Kysely<Database>
  log: Logger
  speak(texts: readonly Say[]): Promise<void>
  now?: () => Instant
}

export type InformationService = Awaited<ReturnType<typeof informationService>>

export async function informationService({ db, log, now = Date.now, speak }: InformationDeps) {
  let kept = await INFORMATION.readOrFirst(db, log)
  const told = (queue: QueueId) => kept.value[queue] ?? []

  async function list(): Promise<Shown> {
    const queues = await listQueueIds(db)
    return {
      changedAt: kept.changedAt,
      queues: queues.map((queue) => ({ queue, texts: [...told(queue)] })),
    }
  }

  return {
    list,

    /** What is told today. */
    of: (queue: QueueId): readonly Texts[] => toldOn(told(queue), tashkentDay(now())),

    /** Whatever may be told some day. */
    all: (): Texts[] => Object.values(kept.value).flat(),

    /** Of one queue, all of it. Heard by whoever is told something from then on. */
    async change(queue: QueueId, { basedOn, texts: sent }: SaveInformation, by: StaffId): Promise<Shown> {
      if (!(await listQueueIds(db)).includes(queue)) throw new Refusal('notFound', `No queue ${queue}`)
      const texts = sent.map(storable)
      const problems = checkInformation(texts)
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      if (basedOn !== kept.changedAt)
        throw new Refusal('changedMeanwhile', 'What waiting callers are told was changed meanwhile')
      const value = { ...kept.value, [queue]: texts }
      await speak(texts.flatMap((text) => inLanguages(text, CALL_LANGUAGES)))
      const changedAt = await db.transaction().execute(async (trx) => {
        await record<IvrEvent>(trx, { type: 'informationChanged', queue, by, texts })
        return await INFORMATION.change(trx, { basedOn, value, by })
      })
      kept = { value, changedAt }
      log.info({ queue, by }, 'what waiting callers are told was changed')
      return await list()
    },
  }
}

function storable({ uz, ru, from, until }: InformationText): InformationText {
  return {
    uz: asStorableText(uz).trim(),
    ru: asStorableText(ru).trim(),
    ...(from && { from }),
    ...(until && { until }),
  }
}

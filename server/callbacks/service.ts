/** What can be done about callbacks besides making them: they are loaded, listed, cancelled, and promised to those we lost. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type CallbackRow, CallbackRules, type SaveCallbackSettings } from '#contract/callbacks.ts'
import {
  type CallbackSettings,
  checkCallbackSettings,
  DEFAULT_CALLBACK_SETTINGS,
} from '#core/calls/callback-settings.ts'
import type { NumberVerdict } from '#core/ivr/waiting-run.ts'
import type { CallbackId, CallId, StaffId } from '#core/lib/ids.ts'
import { nextCallAt } from '#core/routing/callback-hours.ts'
import { tashkentDay, tashkentMidnight } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { type Kept, setting } from '../database/settings.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import { CallbackBook, type CallbackBookDeps } from './book.ts'
import type { CallbackSettingsEvent, PromisedCallback } from './events.ts'
import type { OpenCallback } from './ports.ts'
import { callbacksOfCall, listCallbacks, listQueues, owedCallbacks, promisesSince } from './store.ts'

export { CallbackBook } from './book.ts'
export { callbacksOfCall, writeCallback } from './store.ts'

const LIST_MAX_ROWS = 200
const BROKEN_PROMISE =
  'A citizen was promised a call and was not called in time. Call him, or find out why it was not possible.'

export const CALLBACK_SETTINGS = setting<CallbackSettings>(
  'callbacks',
  CallbackRules.refine((rules) => checkCallbackSettings(rules).length === 0, 'it contradicts itself'),
  DEFAULT_CALLBACK_SETTINGS,
)

export type CallbackServiceDeps = Pick<CallbackBookDeps, 'append' | 'clock' | 'log' | 'mayDial'> & {
  db: Kysely<Database>
  alarm(kind: string, subject: string, detail: string): Promise<void>
}

export type CallbackService = ReturnType<typeof callbackService>

export function callbackService({ alarm, append, clock, db, log, mayDial }: CallbackServiceDeps) {
  let kept: Kept<CallbackSettings> = { value: DEFAULT_CALLBACK_SETTINGS, changedAt: null }
  const settings = () => kept.value

  const broken = ({ id, call }: OpenCallback) =>
    void alarm('callbackExpired', call, BROKEN_PROMISE).catch((error: unknown) =>
      log.error({ callback: id, error: String(error) }, 'an alarm could not be raised'),
    )
  const newId = () => randomUUID() as string as CallbackId
  const book = new CallbackBook({ append, broken, clock, log, mayDial, newId, settings })

  const asItStands = (row: CallbackRow): CallbackRow => ({
    ...row,
    dueAt: nextCallAt(settings().quiet, row.dueAt),
    place: book.positionOf(row.id as string as CallbackId) ?? null,
  })

  return {
    book,

    /** What was owed when the last server stopped. To be called when its journal has been replayed. */
    async load(): Promise<void> {
      kept = await CALLBACK_SETTINGS.readOrFirst(db, log)
      const midnight = new Date(tashkentMidnight(tashkentDay(clock.now())))
      book.load(await owedCallbacks(db), await promisesSince(db, midnight))
    },

    async list(): Promise<CallbackRow[]> {
      return (await listCallbacks(db, LIST_MAX_ROWS)).map(asItStands)
    },

    /** What whoever called was promised in it, the latest first. */
    async ofCall(call: CallId): Promise<CallbackRow[]> {
      return (await callbacksOfCall(db, call)).map(asItStands)
    },

    settings,

    /** With when they were changed last. */
    keptSettings: () => kept,

    /** They hold at once, also for who waits. */
    async changeSettings({ basedOn, rules }: SaveCallbackSettings, by: StaffId): Promise<void> {
      const queues = new Set(await listQueues(db))
      const problems = checkCallbackSettings(rules, (queue) => queues.has(queue))
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      const changedAt = await db.transaction().execute(async (trx) => {
        await record<CallbackSettingsEvent>(trx, { type: 'callbackSettingsChanged', by, rules })
        return await CALLBACK_SETTINGS.change(trx, { basedOn, value: rules, by })
      })
      kept = { value: rules, changedAt }
      book.settingsChanged()
      log.info({ by }, 'the settings of callbacks were changed')
    },

    cancel(id: CallbackId, by: StaffId): void {
      if (!book.get(id)) throw new Refusal('notFound', `No callback ${id} is owed`)
      if (!book.cancel(id, { by })) throw new Refusal('wrongStatus', 'The citizen is being called already')
    },

    /** For a citizen whose call broke off by our fault. Says why not where none can be promised. */
    callBackAfterLoss(lost: Omit<PromisedCallback, 'reason'>): NumberVerdict {
      const verdict = book.judge(lost.number)
      if (verdict === 'callable') book.promise({ ...lost, reason: 'lost' })
      else log.info({ call: lost.call, verdict }, 'no callback for a lost call')
      return verdict
    },
  }
}

/** Who carries SMS. The password is written and never shown; what is not typed again stays, for the same gateway and user. */
import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type SaveSms, SmsForm, type SmsSettings, type SmsTest } from '#contract/sms.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkSms, FIRST_SMS, isSameGateway, type SmsDriver } from '#core/messages/sms-form.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { SmsSender } from './ports.ts'

/** Each is paid for. */
const TESTS_PER_HOUR_MAX = 10
const TEST_TEXT = 'Javob: bu sinov xabari.'

const KeptSms = SmsForm.extend({ password: z.string() })
export type KeptSms = z.infer<typeof KeptSms>

export const SMS_SETTING = setting<KeptSms>('sms', KeptSms, { ...FIRST_SMS, password: '' })

type SmsSettingsEvent =
  | { type: 'smsSettingsChanged'; driver: SmsDriver; by: StaffId }
  /** Without the number it went to. */
  | { type: 'smsTested'; by: StaffId }

type Deps = {
  db: Kysely<Database>
  log: Logger
  sender(): Promise<SmsSender | undefined>
  /** Where citizens and gateways find us; nothing while nobody has said it. */
  reportsTo(): Promise<string | undefined>
}

export type SmsSettingsService = ReturnType<typeof smsSettings>

export function smsSettings({ db, log, reportsTo, sender }: Deps) {
  async function shown(): Promise<SmsSettings> {
    const [{ changedAt, value }, to] = await Promise.all([SMS_SETTING.readOrFirst(db, log), reportsTo()])
    const { password, ...form } = value
    return { changedAt, form, hasPassword: password !== '', reportsTo: to ?? null }
  }

  return {
    shown,

    async save({ basedOn, form, password: typed = '' }: SaveSms, by: StaffId): Promise<SmsSettings> {
      const { value: before } = await SMS_SETTING.readOrFirst(db, log)
      const password = typed || (isSameGateway(before, form) ? before.password : '')
      const problems = checkSms(form, password !== '')
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      await db.transaction().execute(async (trx) => {
        // Refused if somebody else has saved since, and with his the password that was read above.
        await SMS_SETTING.change(trx, { basedOn, value: { ...form, password }, by })
        await record<SmsSettingsEvent>(trx, { type: 'smsSettingsChanged', driver: form.driver, by })
      })
      log.info({ driver: form.driver, by }, 'who carries SMS was changed')
      return await shown()
    },

    /** By what is saved. */
    async test(typed: string, by: StaffId): Promise<SmsTest> {
      const to = readMobileNumber(typed)
      if (to === undefined) throw new Refusal('badInput', 'to: no mobile number of the country')
      const carrier = await sender()
      if (!carrier) throw new Refusal('messageNotPossible', 'Nobody carries SMS')
      await db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtext('smsTested'))`.execute(trx)
        const { rows } = await sql<{ count: number }>`select count(*)::integer as count from events
          where type = 'smsTested' and at > now() - interval '1 hour'`.execute(trx)
        if ((rows[0]?.count ?? 0) >= TESTS_PER_HOUR_MAX)
          throw new Refusal('tooManyAttempts', `${TESTS_PER_HOUR_MAX} test messages within an hour`)
        await record<SmsSettingsEvent>(trx, { type: 'smsTested', by })
      })
      const { outcome, problem = '' } = await carrier.send({ id: randomUUID(), to, text: TEST_TEXT })
      log.info({ outcome, by }, 'a test message was sent')
      return { outcome, problem }
    },
  }
}

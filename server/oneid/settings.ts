/** Whether citizens may sign in by OneID, and with what. The secret is written and never shown; what is not typed again stays. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { OneIdForm, type OneIdSettings, type SaveOneId } from '#contract/one-id.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkOneId, FIRST_ONE_ID, isSamePlace } from '#core/portal/one-id-form.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { SettingsHaveProblems } from '../errors.ts'
import type { IdentityProvider } from '../portal/ports.ts'
import { OneIdPlace, oneIdProvider } from './one-id.ts'

const Kept = z.object({ form: OneIdForm, secret: z.string() })
type Kept = z.infer<typeof Kept>
const SETTING = setting<Kept>('oneId', Kept, { form: FIRST_ONE_ID, secret: '' })

type OneIdEvent = { type: 'oneIdChanged'; isOn: boolean; by: StaffId }

type Deps = {
  db: Kysely<Database>
  log: Logger
  /** Where citizens come back to; nothing while nobody has said where the portal is. */
  comesBackTo(): Promise<string | undefined>
}

export type OneIdService = ReturnType<typeof oneIdSettings>

export function oneIdSettings({ db, log, comesBackTo }: Deps) {
  async function shown(): Promise<OneIdSettings> {
    const [{ changedAt, value }, back] = await Promise.all([SETTING.readOrFirst(db, log), comesBackTo()])
    return { changedAt, form: value.form, hasSecret: value.secret !== '', comesBackTo: back ?? null }
  }

  return {
    shown,

    /** None while it is off. A setting that cannot be read leaves the way by telephone open. */
    async provider(): Promise<IdentityProvider | undefined> {
      const { form, secret } = (await SETTING.readOrFirst(db, log)).value
      return form.isOn ? oneIdProvider(OneIdPlace.parse({ ...form, secret })) : undefined
    },

    async save({ basedOn, form, secret: typed = '' }: SaveOneId, by: StaffId): Promise<OneIdSettings> {
      const hasPortal = (await comesBackTo()) !== undefined
      const { value: before } = await SETTING.readOrFirst(db, log)
      const secret = typed || (isSamePlace(before.form, form) ? before.secret : '')
      const problems = checkOneId(form, { hasSecret: secret !== '', hasPortal })
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      await db.transaction().execute(async (trx) => {
        // Refused if somebody else has saved since, and with his the secret that was read above.
        await SETTING.change(trx, { basedOn, value: { form, secret }, by })
        await record<OneIdEvent>(trx, { type: 'oneIdChanged', isOn: form.isOn, by })
      })
      log.info({ isOn: form.isOn, by }, 'OneID was set up')
      return await shown()
    },
  }
}

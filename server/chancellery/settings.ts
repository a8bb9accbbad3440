/**
 * Which way approved appeals go to the chancellery, and the driver for it. Passwords and secrets are written and never
 * shown; what is not typed again stays, but a password only for the mail server it was typed for: whoever could give it
 * to another host would read it there.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import {
  DispatchForm as DispatchFormSchema,
  type DispatchSettings,
  type DispatchTest,
  type SaveDispatch,
} from '#contract/dispatch.ts'
import {
  checkDispatch,
  type DispatchDriver,
  type DispatchForm,
  FIRST_DISPATCH,
} from '#core/appeals/dispatch-form.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Chancellery } from '../appeals/ports.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import { EmailPlace, emailChancellery } from './email.ts'
import type { Signer } from './signing.ts'
import { WebhookPlace, webhookChancellery } from './webhook.ts'

const ANSWER_MAX_CHARACTERS = 300

const Kept = z.object({
  version: z.number().int(),
  form: DispatchFormSchema,
  password: z.string(),
  secret: z.string(),
})
type Kept = z.infer<typeof Kept>
const FIRST: Kept = { version: 0, form: FIRST_DISPATCH, password: '', secret: '' }
/** As it was written by hand before there was a page for it. */
const KeptBefore = z.object({ url: z.string(), secret: z.string() })
const SETTING = setting<Kept>('chancellery', z.preprocess(fromBefore, Kept), FIRST)

type DispatchSettingsEvent =
  | { type: 'dispatchSettingsSaved'; driver: DispatchDriver; version: number; by: StaffId }
  | { type: 'dispatchTested'; driver: DispatchDriver; isTaken: boolean; by: StaffId }

type Deps = { db: Kysely<Database>; log: Logger; signer: Signer }

export type ChancellerySettings = ReturnType<typeof chancellerySettings>

export function chancellerySettings({ db, log, signer }: Deps) {
  async function shown(): Promise<DispatchSettings> {
    const { form, password, secret, version } = await SETTING.read(db)
    return {
      version,
      form,
      hasPassword: password !== '',
      hasSecret: secret !== '',
      publicKey: await signer.publicKey(),
    }
  }

  /** None where the chancellery works in the console. */
  async function driver(): Promise<Chancellery | undefined> {
    const { form, password, secret } = await SETTING.read(db)
    if (form.driver === 'email')
      return emailChancellery(EmailPlace.parse({ ...form.email, password }), signer)
    if (form.driver === 'http') return webhookChancellery(WebhookPlace.parse({ ...form.http, secret }))
    return undefined
  }

  return {
    shown,
    driver,

    async save({ basedOn, form, password = '', secret = '' }: SaveDispatch, by: StaffId) {
      await db.transaction().execute(async (trx) => {
        const { value: before } = await SETTING.readToChange(trx)
        if (before.version !== basedOn)
          throw new Refusal('changedMeanwhile', 'The way to the chancellery was changed meanwhile')
        const heldPassword = isSameMailbox(before.form.email, form.email) ? before.password : ''
        const held = { hasPassword: heldPassword !== '', hasSecret: before.secret !== '' }
        const problems = checkDispatch(form, held, { password, secret })
        if (problems.length > 0) throw new SettingsHaveProblems(problems)
        const version = basedOn + 1
        const hidden = { password: password || heldPassword, secret: secret || before.secret }
        await SETTING.write(trx, { version, form, ...hidden }, by)
        await record<DispatchSettingsEvent>(trx, {
          type: 'dispatchSettingsSaved',
          driver: form.driver,
          version,
          by,
        })
      })
      log.info({ driver: form.driver, by }, 'the way to the chancellery was saved')
      return await shown()
    },

    /** Sends something harmless the way that is saved, and says what was answered. */
    async test(by: StaffId): Promise<DispatchTest> {
      const { form } = await SETTING.read(db)
      const chancellery = await driver()
      if (!chancellery)
        throw new Refusal('badInput', 'Where the chancellery works in the console nothing is sent')
      const result = await chancellery.test(`test-${randomUUID()}`).then(
        ({ answer }): DispatchTest => ({ isTaken: true, answer }),
        (error: unknown): DispatchTest => {
          log.info({ driver: form.driver, by, reason: causeOf(error) }, 'the test of the way was not taken')
          return { isTaken: false, answer: reasonOf(error) }
        },
      )
      const { isTaken } = result
      await db
        .transaction()
        .execute((trx) =>
          record<DispatchSettingsEvent>(trx, { type: 'dispatchTested', driver: form.driver, isTaken, by }),
        )
      log.info({ driver: form.driver, isTaken, by }, 'the way to the chancellery was tried')
      return { ...result, answer: result.answer.slice(0, ANSWER_MAX_CHARACTERS) }
    },
  }
}

function isSameMailbox(before: DispatchForm['email'], after: DispatchForm['email']): boolean {
  return (['host', 'port', 'security', 'user'] as const).every((field) => before[field] === after[field])
}

/** Without the cause: it would tell which other machines and ports of the network answer, and how. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** For whoever repairs it, in the log of the machine. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : reasonOf(error)
}

function fromBefore(value: unknown): unknown {
  const { data } = KeptBefore.safeParse(value)
  return data
    ? { ...FIRST, form: { ...FIRST_DISPATCH, driver: 'http', http: { url: data.url } }, secret: data.secret }
    : value
}

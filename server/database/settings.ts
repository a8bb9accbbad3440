/**
 * What an organisation sets up that is no table of its own: one row for each name, and one module that knows what
 * stands in it. A row may have been written by hand or by an older version, so it is read through a schema; what does
 * not fit is told with the name of the setting and of the field.
 *
 * What must hold: of two who change the same setting at once, the one who has not seen the other's change is refused.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { prettifyError, type ZodError, type ZodType } from 'zod'
import type { StaffId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import type { Database } from './schema.ts'

/** Every setting there is. The module that has it is the only one to name it. */
export const SETTING_NAMES = [
  'organisation',
  'agentTime',
  'callOutcomes',
  'callbacks',
  'diallingRules',
  'waitingInformation',
  'chancellery',
  'documents',
  'portal',
  'oneId',
  'sms',
  'signing',
  'readyMessages',
] as const
export type SettingName = (typeof SETTING_NAMES)[number]

/** A value, and when it was changed last; null where nobody has set it yet. */
export type Kept<T> = { readonly value: T; readonly changedAt: number | null }

/** `basedOn`: the `changedAt` that the author has seen. */
export type SettingChange<T> = { readonly basedOn: number | null; readonly value: T; readonly by: StaffId }

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** What is kept in the database is not what the setting may hold. */
export class BadSetting extends Error {
  constructor(name: SettingName, error: ZodError) {
    super(`The setting "${name}" in the database cannot be used: ${prettifyError(error)}`)
    this.name = 'BadSetting'
  }
}

export type Setting<T extends object, Unset extends undefined = never> = ReturnType<
  typeof settingOf<T, Unset>
>

/** A setting with what holds until somebody sets it; fields that a kept value lacks are taken from there. */
export function setting<T extends object>(name: SettingName, schema: ZodType<T>, first: T): Setting<T> {
  return settingOf<T, never>(name, schema, first)
}

/** A setting that nothing stands in for. */
export function settingWithoutFirst<T extends object>(
  name: SettingName,
  schema: ZodType<T>,
): Setting<T, undefined> {
  return settingOf<T, undefined>(name, schema, undefined)
}

function settingOf<T extends object, Unset extends undefined>(
  name: SettingName,
  schema: ZodType<T>,
  first: T | Unset,
) {
  async function read(db: Db): Promise<Kept<T | Unset>> {
    const row = await db
      .selectFrom('settings')
      .select(['value', 'changed_at'])
      .where('name', '=', name)
      .executeTakeFirst()
    if (!row) return { value: first, changedAt: null }
    const parsed = schema.safeParse(isFields(row.value) ? { ...first, ...row.value } : row.value)
    if (!parsed.success) throw new BadSetting(name, parsed.error)
    return { value: parsed.data, changedAt: row.changed_at.getTime() }
  }

  async function write(trx: Trx, value: T, by: StaffId | null = null): Promise<number> {
    const written = JSON.stringify(value)
    const row = await trx
      .insertInto('settings')
      .values({ name, value: written, changed_at: new Date(), changed_by: by })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({
          value: written,
          changed_by: by,
          // By it changes are told apart: two within a millisecond, or a clock that was put back, must not look the same.
          changed_at: sql<Date>`greatest(excluded.changed_at, settings.changed_at + interval '1 millisecond')`,
        }),
      )
      .returning('changed_at')
      .executeTakeFirstOrThrow()
    return row.changed_at.getTime()
  }

  /** Nobody else changes it before this transaction is over, whether its row is there or not. */
  async function lock(trx: Trx): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtext(${`setting ${name}`}))`.execute(trx)
  }

  return {
    /** @throws BadSetting */
    read: async (db: Db): Promise<T | Unset> => (await read(db)).value,

    /** @throws BadSetting */
    readKept: read,

    /** For what has to go on: a value that cannot be used is told in the log, and what holds at first stands in for it. */
    async readOrFirst(db: Db, log: Logger): Promise<Kept<T | Unset>> {
      try {
        return await read(db)
      } catch (error) {
        if (!(error instanceof BadSetting)) throw error
        log.error(
          { setting: name, error: error.message },
          'a setting cannot be used: what holds at first does',
        )
        return { value: first, changedAt: await changedAtOf(db, name) }
      }
    },

    /** As `readKept`, and nobody changes it before this transaction is over. */
    async readToChange(trx: Trx): Promise<Kept<T | Unset>> {
      await lock(trx)
      return await read(trx)
    },

    /** Whatever was there before; `by` nobody: a copy that begins. Answers when it was changed. */
    write,

    /** What was there before may be anything, also what cannot be read: this mends it. Answers when it was changed. */
    async change(trx: Trx, { basedOn, value, by }: SettingChange<T>): Promise<number> {
      await lock(trx)
      if ((await changedAtOf(trx, name)) !== basedOn)
        throw new Refusal('changedMeanwhile', `The setting ${name} was changed meanwhile`)
      return await write(trx, value, by)
    },
  }
}

async function changedAtOf(db: Db, name: SettingName): Promise<number | null> {
  const row = await db.selectFrom('settings').select('changed_at').where('name', '=', name).executeTakeFirst()
  return row?.changed_at.getTime() ?? null
}

function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

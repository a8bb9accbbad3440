/** How the organisation calls outcomes and which it offers: one setting, read with every wrap-up and kept in memory. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { OutcomeSettings, SaveOutcomes } from '#contract/agents.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkOutcomes, DEFAULT_OUTCOMES, type OutcomeRule } from '#core/calls/outcomes.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import { allow } from '../http-permissions.ts'

const SETTING = 'callOutcomes'
/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type OutcomeService = ReturnType<typeof outcomeService>

export function outcomeService({ db, log }: { db: Kysely<Database>; log: Logger }) {
  async function read(): Promise<OutcomeSettings> {
    const row = await db
      .selectFrom('settings')
      .select(['value', 'changed_at'])
      .where('name', '=', SETTING)
      .executeTakeFirst()
    const { outcomes = DEFAULT_OUTCOMES } = (row?.value ?? {}) as { outcomes?: readonly OutcomeRule[] }
    const rows = outcomes.map(({ names, ...rule }) => ({ ...rule, names: names ?? null }))
    return { changedAt: row?.changed_at.getTime() ?? null, outcomes: rows }
  }

  return {
    read,

    async save({ basedOn, outcomes: asked }: SaveOutcomes, by: StaffId): Promise<OutcomeSettings> {
      const outcomes = asked.map(ruleOf)
      const problems = checkOutcomes(outcomes)
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      const value = JSON.stringify({ outcomes })
      const changedAt = new Date()
      await db.transaction().execute(async (trx) => {
        const known = await trx
          .selectFrom('settings')
          .select('changed_at')
          .where('name', '=', SETTING)
          .forUpdate()
          .executeTakeFirst()
        if ((known?.changed_at.getTime() ?? null) !== basedOn)
          throw new Refusal('changedMeanwhile', 'Somebody else has changed the outcomes')
        await trx
          .insertInto('settings')
          .values({ name: SETTING, value, changed_at: changedAt })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: changedAt }))
          .execute()
        await record(trx, { type: 'callOutcomesChanged', by, outcomes })
      })
      log.info({ by }, 'the outcomes of calls were changed')
      return await read()
    },
  }
}

function ruleOf({ names, ...rule }: SaveOutcomes['outcomes'][number]): OutcomeRule {
  const plain = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()
  return { ...rule, names: names ? { uz: plain(names.uz), ru: plain(names.ru) } : undefined }
}

export const outcomeRoutes =
  (outcomes: OutcomeService): FastifyPluginAsyncZod =>
  async (app) => {
    const response = { 200: OutcomeSettings }

    const read = { summary: 'How outcomes of calls are called here, and which are offered', response }
    app.get('/call-outcomes', { config: allow('signedIn'), schema: read }, () => outcomes.read())

    const save = { summary: 'Change what outcomes are called and offered', body: SaveOutcomes, response }
    app.put('/call-outcomes', { config: allow('changeStaff'), schema: save }, ({ body, staff }) =>
      outcomes.save(body, staff.id),
    )
  }

/** How the organisation calls outcomes and which it offers: one setting, read with every wrap-up and kept in memory. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { OutcomeSettings, SaveOutcomes } from '#contract/agents.ts'
import { CALL_OUTCOMES } from '#core/calls/call.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkOutcomes, DEFAULT_OUTCOMES, type OutcomeRule } from '#core/calls/outcomes.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { setting } from '../database/settings.ts'
import { SettingsHaveProblems } from '../errors.ts'
import { allow } from '../http-permissions.ts'

const OUTCOMES = setting<{ outcomes: readonly OutcomeRule[] }>(
  'callOutcomes',
  z.object({
    outcomes: z.array(
      z.object({
        outcome: z.enum(CALL_OUTCOMES),
        names: z
          .object({ uz: z.string(), ru: z.string() })
          .optional()
          .transform((names) => names),
        isOffered: z.boolean(),
      }),
    ),
  }),
  { outcomes: DEFAULT_OUTCOMES },
)
/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type OutcomeService = ReturnType<typeof outcomeService>

type OutcomeDeps = {
  db: Kysely<Database>
  log: Logger
  /** Told after a change: from now on others are offered. */
  changed?(): void
}

export function outcomeService({ db, log, changed }: OutcomeDeps) {
  async function read(): Promise<OutcomeSettings> {
    const { changedAt, value } = await OUTCOMES.readOrFirst(db, log)
    return {
      changedAt,
      outcomes: value.outcomes.map(({ names, ...rule }) => ({ ...rule, names: names ?? null })),
    }
  }

  return {
    read,

    async save({ basedOn, outcomes: asked }: SaveOutcomes, by: StaffId): Promise<OutcomeSettings> {
      const outcomes = asked.map(ruleOf)
      const problems = checkOutcomes(outcomes)
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      await db.transaction().execute(async (trx) => {
        await OUTCOMES.change(trx, { basedOn, value: { outcomes }, by })
        await record(trx, { type: 'callOutcomesChanged', by, outcomes })
      })
      log.info({ by }, 'the outcomes of calls were changed')
      changed?.()
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

/** Which numbers outside may be called and by whom: kept in memory, because no call waits for the database. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { DiallingRules, DiallingSettings, SaveDialling } from '#contract/dialling.ts'
import {
  checkDialling,
  DEFAULT_DIALLING_SETTINGS,
  type DiallingSettings as Rules,
  mayCallOutside,
} from '#core/calls/dialling-settings.ts'
import type { AgentId, StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { type Kept, setting } from '../database/settings.ts'
import { SettingsHaveProblems } from '../errors.ts'
import { allow } from '../http-permissions.ts'
import type { AgentProfile } from '../staff/service.ts'

/** A line that makes no sense fits no number: the others, which may forbid much, hold all the same. */
const RULES = setting<Rules>('diallingRules', DiallingRules, DEFAULT_DIALLING_SETTINGS)

export type DiallingDeps = {
  db: Kysely<Database>
  log: Logger
  /** Whoever may take calls. */
  agents(): Promise<readonly Pick<AgentProfile, 'id' | 'name'>[]>
  /** Our own numbers. */
  own(): readonly string[]
}

export class Dialling {
  readonly #deps: DiallingDeps
  #kept: Kept<Rules> = { value: DEFAULT_DIALLING_SETTINGS, changedAt: null }

  constructor(deps: DiallingDeps) {
    this.#deps = deps
  }

  async prepare(): Promise<void> {
    this.#kept = await RULES.readOrFirst(this.#deps.db, this.#deps.log)
  }

  get rules(): Rules {
    return this.#kept.value
  }

  mayCallOutside(agent: AgentId): boolean {
    return mayCallOutside(this.rules, agent)
  }

  async view(): Promise<DiallingSettings> {
    const { changedAt, value } = this.#kept
    const { allowed, callers, denied } = value
    return {
      changedAt,
      rules: { allowed: [...allowed], denied: [...denied], callers: callers && [...callers] },
      own: [...this.#deps.own()],
      agents: (await this.#deps.agents()).map(({ id, name }) => ({ id, name })),
    }
  }

  /** It holds from the next call outside on. Who is no agent any more may stay named. */
  async change({ basedOn, rules }: SaveDialling, by: StaffId): Promise<DiallingSettings> {
    const agents = new Set((await this.#deps.agents()).map(({ id }) => id))
    const before = new Set(this.rules.callers)
    const problems = checkDialling(rules, (agent) => agents.has(agent) || before.has(agent))
    if (problems.length > 0) throw new SettingsHaveProblems(problems)
    const changedAt = await this.#deps.db.transaction().execute(async (trx) => {
      await record(trx, { type: 'diallingRulesChanged', by, rules })
      return await RULES.change(trx, { basedOn, value: rules, by })
    })
    this.#kept = { value: rules, changedAt }
    this.#deps.log.info({ by }, 'the rules of calling outside were changed')
    return await this.view()
  }
}

export const diallingRoutes =
  (dialling: Dialling): FastifyPluginAsyncZod =>
  async (app) => {
    const response = { 200: DiallingSettings }

    const read = { summary: 'Which numbers outside may be called, and by whom', response }
    app.get('/dialling-rules', { config: allow('changeTrunks'), schema: read }, () => dialling.view())

    const save = { summary: 'Change that, at once', body: SaveDialling, response }
    app.put('/dialling-rules', { config: allow('changeTrunks'), schema: save }, ({ body, staff }) =>
      dialling.change(body, staff.id),
    )
  }

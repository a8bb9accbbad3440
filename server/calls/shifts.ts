/**
 * Agents' shifts beside the calls in progress: the rules of their time, who does
 * what, how a day went, and the calls that are still to be classified.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { AgentDay, AgentNow, AgentTime, CallToClassify, WrapUpDraft } from '#contract/agents.ts'
import type { WrapUp } from '#contract/calls.ts'
import { type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import { checkAgentTime } from '#core/calls/check-agent-time.ts'
import type { AgentId, BreakCode, CallId, StaffId } from '#core/lib/ids.ts'
import { addDays, type Day, type Instant, tashkentMidnight } from '#core/lib/time.ts'
import { may, ROLES } from '#core/staff/permissions.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { AgentProfile } from '../staff/service.ts'
import { agentDays } from './agent-days.ts'
import type { AgentSide } from './agent-side.ts'
import { type KeptAgentTime, readAgentTime, writeAgentTime } from './agent-time-store.ts'
import { callsToClassify, countToClassify, isToClassify, readDraft, saveDraft } from './calls-to-classify.ts'
import type { DeskBook } from './desk.ts'

const TAKE_CALLS = ROLES.filter((role) => may(role, 'takeCalls'))

/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400
const plain = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()

type ShiftsDeps = {
  db: Kysely<Database>
  log: Logger
  now(): Instant
  book: DeskBook
  agents: AgentSide
  profiles(): Promise<AgentProfile[]>
  /** Told after the rules were changed: they hold from now on. */
  changed(): void
}

export class Shifts {
  readonly #deps: ShiftsDeps
  #kept: KeptAgentTime = { rules: { ...DEFAULT_AGENT_TIME, breaks: [] }, changedAt: null, earlierBreaks: [] }

  constructor(deps: ShiftsDeps) {
    this.#deps = deps
  }

  /** What holds for whatever begins from now on. */
  get rules(): AgentTimeRules {
    return this.#kept.rules
  }

  async prepare(): Promise<void> {
    this.#kept = await readAgentTime(this.#deps.db, this.#deps.log)
  }

  view(): AgentTime {
    const { changedAt, earlierBreaks, rules } = this.#kept
    const { breaks, ...limits } = rules
    return {
      changedAt,
      ...limits,
      earlierBreaks: [...earlierBreaks],
      breaks: breaks.map(({ isPaid, limitMinutes, ...rule }) => ({
        ...rule,
        paid: isPaid,
        limitMinutes: limitMinutes ?? null,
      })),
    }
  }

  async change(
    { breaks, changedAt, earlierBreaks: _earlier, ...limits }: AgentTime,
    by: StaffId,
  ): Promise<void> {
    const rules: AgentTimeRules = {
      ...limits,
      breaks: breaks.map(({ code, names, paid, limitMinutes, ...rule }) => ({
        ...rule,
        names: { uz: plain(names.uz), ru: plain(names.ru) },
        code: code as BreakCode,
        isPaid: paid,
        limitMinutes: limitMinutes ?? undefined,
      })),
    }
    const problems = checkAgentTime(rules)
    if (problems.length > 0) throw new SettingsHaveProblems(problems)
    await this.#deps.db.transaction().execute(async (trx) => {
      await writeAgentTime(trx, rules, { basedOn: changedAt, by })
      await record(trx, { type: 'agentTimeChanged', by, ...rules })
    })
    this.#kept = await readAgentTime(this.#deps.db, this.#deps.log)
    this.#deps.log.info(
      { by, breaks: breaks.map(({ code }) => code) },
      'the rules of agents’ time were changed',
    )
    this.#deps.changed()
  }

  async agentsNow(): Promise<AgentNow[]> {
    const { book, db, profiles } = this.#deps
    const [people, counts] = await Promise.all([profiles(), countToClassify(db)])
    return people.map(({ id, name }) => {
      const desk = book.desks.get(id)
      return {
        id,
        name,
        status: desk?.status ?? 'signedOut',
        reason: desk?.breakReason ?? null,
        since: desk?.statusSince ?? null,
        limitAt: desk?.limitAt ?? null,
        line: desk?.line ?? 'down',
        callsToClassify: counts.get(id) ?? 0,
      }
    })
  }

  /** The day of every agent by Tashkent's clocks, or of one. */
  async days(day: Day, only?: AgentId): Promise<AgentDay[]> {
    const from = tashkentMidnight(day)
    // What lasts still would last into a day that has not begun.
    const to = from > this.#deps.now() ? from : tashkentMidnight(addDays(day, 1))
    return await agentDays(this.#deps.db, { roles: TAKE_CALLS, from, to, ...(only && { only }) })
  }

  /** But for the one that is being wrapped up at the desk. */
  async toClassify(agent: AgentId): Promise<CallToClassify[]> {
    const calls = await callsToClassify(this.#deps.db, agent)
    return calls.filter(({ id }) => !this.#isAtDesk(agent, id as CallId))
  }

  async classify(agent: AgentId, call: CallId, wrapUp: WrapUp): Promise<void> {
    if (this.#isAtDesk(agent, call))
      throw new Refusal('wrongStatus', 'The call is being wrapped up at the desk')
    if (!(await isToClassify(this.#deps.db, agent, call)))
      throw new Refusal('notFound', `No call ${call} of this agent waits to be classified`)
    this.#deps.agents.classify(agent, call, wrapUp)
  }

  async draft(agent: AgentId, call: CallId): Promise<WrapUpDraft | null> {
    return (await readDraft(this.#deps.db, agent, call)) ?? null
  }

  async saveDraft(agent: AgentId, call: CallId, draft: WrapUpDraft): Promise<void> {
    await saveDraft(this.#deps.db, { agent, call, draft, at: new Date(this.#deps.now()) })
  }

  #isAtDesk(agent: AgentId, call: CallId): boolean {
    return this.#deps.book.desks.get(agent)?.call?.id === call
  }
}

/** Everything that settings are checked against, as it is now. */
import type { Kysely } from 'kysely'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { checkQueues, type QueuesTogether } from '#core/routing/check-queues.ts'
import { newProblems, type QueueFormProblem } from '#core/routing/queue-form.ts'
import type { AgentServes } from '#core/routing/routing-events.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { QueueGuard } from '../staff/ports.ts'
import { type AgentProfile, agentProfiles } from '../staff/service.ts'
import { attestedIn } from '../learning/service.ts'
import { listQueues, listSkills, lockSettings } from './store.ts'

export class QueuesHaveProblems extends Refusal {
  readonly problems: readonly QueueFormProblem[]

  constructor(problems: readonly QueueFormProblem[]) {
    super(
      'queuesHaveProblems',
      `The settings have ${problems.length} problems, first: ${problems[0]?.message}`,
    )
    this.problems = problems
  }
}

export async function readTogether(db: Kysely<Database>) {
  const [rows, profiles, skills] = [await listQueues(db), await agentProfiles(db), await listSkills(db)]
  const courses = await attestedIn(db)
  const together: QueuesTogether = {
    queues: rows.map(({ settings }) => settings),
    agents: profiles.map(servesOf),
    skills: skills.map(({ skill }) => skill),
    languages: CALL_LANGUAGES,
    courses,
  }
  return { rows, profiles, skills, courses, together }
}

/** Lets others change who serves the queues, as long as no caller is left with nobody by it. */
export const queueGuard: QueueGuard = {
  lock: lockSettings,

  async changing(trx, change) {
    await lockSettings(trx)
    const before = checkQueues((await readTogether(trx)).together)
    const done = await change()
    const problems = newProblems(before, checkQueues((await readTogether(trx)).together))
    if (problems.length > 0) throw new QueuesHaveProblems(problems)
    return done
  },

  async inUse(trx) {
    return (await listQueues(trx)).map(({ queue }) => queue)
  },
}

export function servesOf({ id, queues, skills }: AgentProfile): AgentServes {
  return { agent: id, queues, skills }
}

/**
 * How queues are served and how well agents do what they ask for: read by the routing engine at a start, changed by
 * administrators. What is saved has been checked together with everything else, so that no caller waits for nobody
 * or goes round in a circle.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type {
  AddQueue,
  AddSkill,
  AgentSkills,
  ChangeAgentSkills,
  QueueRow,
  QueueVersion,
  SaveQueue,
  SetQueueAgents,
} from '#contract/queues.ts'
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { checkQueues, queueWarnings } from '#core/routing/check-queues.ts'
import { type QueueForm, queueForm, readQueueForm } from '#core/routing/queue-form.ts'
import type { QueueSettings } from '#core/routing/queue-settings.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { QueuesEvent } from './events.ts'
import {
  addQueue,
  type KeptBecause,
  renameQueue,
  reopenQueue,
  retiredQueues,
  retireQueue,
  setQueueAgents,
} from './queue-list.ts'
import { addSkill, agentSkills, changeAgentSkills, removeSkill } from './skills.ts'
import { findVersion, insertVersion, listQueues, listVersions, lockSettings } from './store.ts'
import { queueGuard, QueuesHaveProblems, readTogether } from './together.ts'

type Saving = { form: QueueForm; basedOn: number; restored?: number; by: StaffId }

export { putSkill } from './skills.ts'

export type QueueService = ReturnType<typeof queueService>

export function queueService({ db, log }: { db: Kysely<Database>; log: Logger }) {
  const tellQueues: ((settings: readonly QueueSettings[]) => void)[] = []
  const tellAgents: ((agents: readonly AgentProfile[]) => void)[] = []
  const agentsChanged = (agents: readonly AgentProfile[]) => {
    for (const tell of tellAgents) tell(agents)
  }

  const queuesChanged = (settings: readonly QueueSettings[]) => {
    for (const tell of tellQueues) tell(settings)
  }

  async function save(queue: QueueId, saving: Saving): Promise<QueueRow> {
    const { settings, version } = await db.transaction().execute((trx) => saveVersion(trx, queue, saving))
    log.info({ queue, version, by: saving.by, restored: saving.restored }, 'queue settings saved')
    queuesChanged([settings])
    return await rowOf(queue)
  }

  async function rowOf(queue: QueueId): Promise<QueueRow> {
    const row = (await queueRows(db)).find((each) => each.queue === queue)
    if (!row) throw new Refusal('notFound', `No queue ${queue}`)
    return row
  }

  return {
    /** Told after settings were saved, those of the queues that changed; none where only names or the list did. */
    onQueuesChanged: (tell: (settings: readonly QueueSettings[]) => void) => void tellQueues.push(tell),
    /** Told after levels changed, the agents whose they are. */
    onAgentsChanged: (tell: (agents: readonly AgentProfile[]) => void) => void tellAgents.push(tell),

    /** What holds now, of every queue. */
    async settings(): Promise<QueueSettings[]> {
      return (await listQueues(db)).map(({ settings }) => settings)
    },

    list: () => queueRows(db),

    /** Those whose agents must be attested in something. */
    async requiring() {
      const rows = await listQueues(db)
      return rows.flatMap(({ queue, names, settings: { courses = [] } }) =>
        courses.length > 0 ? [{ queue, names, courses }] : [],
      )
    },

    async versions(queue: QueueId): Promise<QueueVersion[]> {
      const rows = await listVersions(db, queue)
      return rows.map(({ settings, ...row }) => ({ ...row, form: queueForm(settings) }))
    },

    save: (queue: QueueId, { basedOn, form }: SaveQueue, by: StaffId) => save(queue, { form, basedOn, by }),

    /** The way back from a mistake: the older settings as a new version, if they still make sense. */
    async restore(queue: QueueId, version: number, { basedOn, by }: { basedOn: number; by: StaffId }) {
      const settings = await findVersion(db, queue, version)
      if (!settings) throw new Refusal('notFound', `No version ${version} of the settings of ${queue}`)
      return await save(queue, { form: queueForm(settings), basedOn, restored: version, by })
    },

    ...whichThereAre({ db, log, queuesChanged, agentsChanged }),

    /** For changes elsewhere that touch who serves the queues. */
    guard: queueGuard,

    agentSkills: () => agentSkills(db),

    async changeAgentSkills(changes: ChangeAgentSkills, by: StaffId): Promise<AgentSkills> {
      const changed = await changeAgentSkills(db, changes, by)
      log.info({ agents: changed.map(({ id }) => id), by }, 'skills of agents changed')
      agentsChanged(changed)
      return await agentSkills(db)
    },

    async addSkill(skill: AddSkill, by: StaffId): Promise<AgentSkills> {
      await addSkill(db, skill, by)
      return await agentSkills(db)
    },

    async removeSkill(skill: SkillId, by: StaffId): Promise<AgentSkills> {
      agentsChanged(await removeSkill(db, skill, by))
      return await agentSkills(db)
    },
  }
}

type Around = {
  db: Kysely<Database>
  log: Logger
  queuesChanged(settings: readonly QueueSettings[]): void
  agentsChanged(agents: readonly AgentProfile[]): void
}

/** Which queues there are and who serves them; each answer is the list as it is then. */
function whichThereAre({ db, log, queuesChanged, agentsChanged }: Around) {
  const keepers: KeptBecause[] = []
  return {
    retired: () => retiredQueues(db),

    /** To be asked before a queue is retired, besides other queues. */
    keptBecause: (ask: KeptBecause) => void keepers.push(ask),

    async add(queue: AddQueue, by: StaffId): Promise<QueueRow[]> {
      const settings = await addQueue(db, queue, by)
      log.info({ queue: settings.queue, by }, 'a queue was added')
      queuesChanged([settings])
      return await queueRows(db)
    },

    async rename(queue: QueueId, names: Texts, by: StaffId): Promise<QueueRow[]> {
      await renameQueue(db, queue, names, by)
      queuesChanged([])
      return await queueRows(db)
    },

    async setAgents(queue: QueueId, { from, to }: SetQueueAgents, by: StaffId): Promise<QueueRow[]> {
      const changed = await setQueueAgents(db, queue, { from, to, by })
      log.info({ queue, agents: changed.map(({ id }) => id), by }, 'others serve a queue')
      agentsChanged(changed)
      return await queueRows(db)
    },

    async retire(queue: QueueId, by: StaffId): Promise<QueueRow[]> {
      const keptBecause: KeptBecause = async (one) =>
        (await Promise.all(keepers.map((ask) => ask(one)))).flat()
      const served = await retireQueue(db, queue, { keptBecause, by })
      log.info({ queue, by }, 'a queue was retired')
      agentsChanged(served)
      queuesChanged([])
      return await queueRows(db)
    },

    async reopen(queue: QueueId, by: StaffId): Promise<QueueRow[]> {
      queuesChanged([await reopenQueue(db, queue, by)])
      return await queueRows(db)
    },
  }
}

/** A first version of settings that have been checked, e.g. of an organisation that is set up. */
export async function addQueueSettings(trx: Transaction<Database>, settings: QueueSettings): Promise<void> {
  await insertVersion(trx, { version: 1, settings, by: undefined, restored: undefined })
  await record<QueuesEvent>(trx, { type: 'queueSettingsSaved', queue: settings.queue, version: 1 })
}

async function saveVersion(
  trx: Transaction<Database>,
  queue: QueueId,
  { form, basedOn, restored, by }: Saving,
) {
  await lockSettings(trx)
  const { rows, together } = await readTogether(trx)
  const known = rows.find((row) => row.queue === queue)
  if (!known) throw new Refusal('notFound', `No queue ${queue}`)
  if (known.version !== basedOn)
    throw new Refusal('changedMeanwhile', `The settings of ${queue} are at version ${known.version} now`)
  const { settings, problems } = readQueueForm(queue, form, together)
  if (problems.length > 0) throw new QueuesHaveProblems(problems)
  const version = known.version + 1
  await insertVersion(trx, { version, settings, by, restored })
  const why = restored === undefined ? {} : { restored }
  await record<QueuesEvent>(trx, { type: 'queueSettingsSaved', queue, version, ...why, by })
  return { settings, version }
}

async function queueRows(db: Kysely<Database>): Promise<QueueRow[]> {
  const { rows, together } = await readTogether(db)
  const [problems, warnings] = [checkQueues(together), queueWarnings(together)]
  return rows.map(({ settings, ...row }) => ({
    ...row,
    form: queueForm(settings),
    problems: problems.filter(({ queue }) => queue === row.queue),
    warnings: warnings.filter(({ queue }) => queue === row.queue),
  }))
}

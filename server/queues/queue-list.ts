/**
 * Which queues there are: added, renamed, retired and taken into use again. A retired queue keeps its name for the
 * calls that were in it; no new caller is led there, and nobody serves it any more.
 */
import type { Kysely, Transaction } from 'kysely'
import type { AddQueue, RetiredQueue } from '#contract/queues.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { type SettingProblem, settingProblem, type SettingProblemCode } from '#core/lib/setting-problems.ts'
import { checkNewQueue, checkQueueNames } from '#core/routing/check-new-queue.ts'
import { checkQueues } from '#core/routing/check-queues.ts'
import { newProblems } from '#core/routing/queue-form.ts'
import { defaultQueueSettings, type QueueSettings } from '#core/routing/queue-settings.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import { type AgentProfile, changeQueueAgents } from '../staff/service.ts'
import type { QueuesEvent } from './events.ts'
import { insertQueue, insertVersion, listRetired, lockSettings, setNames, setRetired } from './store.ts'
import { QueuesHaveProblems, readTogether } from './together.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** Why a queue is still needed by others than queues and agents. */
export type KeptBecause = (queue: QueueId) => Promise<readonly SettingProblemCode[]>

const CLEANED_CHARACTERS = 400
const plain = ({ uz, ru }: Texts): Texts => ({
  uz: asPlainText(uz, CLEANED_CHARACTERS).text.trim(),
  ru: asPlainText(ru, CLEANED_CHARACTERS).text.trim(),
})

/** Nobody serves it yet, so it is said at once what becomes of who comes. */
export async function addQueue(
  db: Db,
  { queue, names: asked, then }: AddQueue,
  by: StaffId,
): Promise<QueueSettings> {
  const names = plain(asked)
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const { together } = await readTogether(trx)
    const retired = await listRetired(trx)
    const known = [...together.queues, ...retired].map((one) => String(one.queue))
    refuse(checkNewQueue({ queue, names }, known))
    const settings = { ...defaultQueueSettings(queue as QueueId), nobodyOnDuty: { then } }
    refuseFaults(together, { ...together, queues: [...together.queues, settings] }, settings.queue)
    await insertQueue(trx, settings.queue, names)
    await saveFirst(trx, { settings, version: 1, by })
    await record<QueuesEvent>(trx, { type: 'queueAdded', queue: settings.queue, names, by })
    return settings
  })
}

export async function renameQueue(db: Db, queue: QueueId, asked: Texts, by: StaffId): Promise<void> {
  const names = plain(asked)
  refuse(checkQueueNames(queue, names))
  await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const before = (await readTogether(trx)).rows.find((row) => row.queue === queue)
    if (!before) throw new Refusal('notFound', `No queue ${queue}`)
    await setNames(trx, queue, names)
    await record<QueuesEvent>(trx, { type: 'queueRenamed', queue, from: before.names, to: names, by })
  })
}

/** Returns the agents who served it, as they are without it. */
export async function retireQueue(
  db: Db,
  queue: QueueId,
  { keptBecause, by }: { keptBecause: KeptBecause; by: StaffId },
): Promise<AgentProfile[]> {
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const { profiles, rows, together } = await readTogether(trx)
    if (!rows.some((row) => row.queue === queue)) throw new Refusal('notFound', `No queue ${queue}`)
    refuse((await keptBecause(queue)).map((code) => settingProblem(queue, code, { field: 'queue' })))
    const queues = together.queues.filter((settings) => settings.queue !== queue)
    refuseFaults(together, { ...together, queues })
    const served = profiles.filter((profile) => profile.queues.includes(queue))
    const agents = served.map(({ id }) => id)
    await changeQueueAgents(trx, { queue, add: [], remove: agents })
    await setRetired(trx, queue, new Date())
    await record<QueuesEvent>(trx, { type: 'queueRetired', queue, agents, by })
    return served.map((profile) => ({ ...profile, queues: profile.queues.filter((one) => one !== queue) }))
  })
}

/** Nobody serves it at first; where its settings do not say what becomes of callers then, a message is taken. */
export async function reopenQueue(db: Db, queue: QueueId, by: StaffId): Promise<QueueSettings> {
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    if (!(await listRetired(trx)).some((row) => row.queue === queue))
      throw new Refusal('wrongStatus', `${queue} is not retired`)
    const { together } = await readTogether(trx)
    await setRetired(trx, queue, null)
    const row = (await readTogether(trx)).rows.find((one) => one.queue === queue)
    if (!row) throw new Refusal('notFound', `No queue ${queue}`)
    const settings: QueueSettings = { nobodyOnDuty: { then: { do: 'takeMessage' } }, ...row.settings }
    refuseFaults(together, { ...together, queues: [...together.queues, settings] }, queue)
    await saveFirst(trx, { settings, version: row.version + 1, by })
    await record<QueuesEvent>(trx, { type: 'queueReopened', queue, by })
    return settings
  })
}

/** Who serves a queue, all at once: one change may only make sense with another. Returns those who changed. */
export async function setQueueAgents(
  db: Db,
  queue: QueueId,
  { from, to, by }: { from: readonly StaffId[]; to: readonly StaffId[]; by: StaffId },
): Promise<AgentProfile[]> {
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const { profiles, rows, together } = await readTogether(trx)
    if (!rows.some((row) => row.queue === queue)) throw new Refusal('notFound', `No queue ${queue}`)
    const serving = profiles.filter((profile) => profile.queues.includes(queue)).map(({ id }) => id)
    if (serving.length !== from.length || !serving.every((id) => from.includes(id)))
      throw new Refusal('changedMeanwhile', `Others serve ${queue} by now`)
    const stranger = to.find((id) => !profiles.some((profile) => profile.id === id))
    if (stranger) throw new Refusal('notFound', `No agent ${stranger}`)
    const add = [...new Set(to)].filter((id) => !serving.includes(id))
    const remove = serving.filter((id) => !to.includes(id))
    const changed = profiles
      .filter(({ id }) => add.includes(id) || remove.includes(id))
      .map((profile) => withQueue(profile, queue, add.includes(profile.id)))
    const agents = together.agents.map((agent) => {
      const one = changed.find(({ id }) => id === agent.agent)
      return one ? { ...agent, queues: one.queues } : agent
    })
    refuseFaults(together, { ...together, agents })
    await changeQueueAgents(trx, { queue, add, remove })
    if (changed.length > 0)
      await record<QueuesEvent>(trx, { type: 'queueAgentsChanged', queue, add, remove, by })
    return changed
  })
}

function withQueue(profile: AgentProfile, queue: QueueId, serves: boolean): AgentProfile {
  const others = profile.queues.filter((one) => one !== queue)
  return { ...profile, queues: serves ? [...others, queue].sort() : others }
}

async function saveFirst(trx: Trx, saving: { settings: QueueSettings; version: number; by: StaffId }) {
  const { by, settings, version } = saving
  await insertVersion(trx, { version, settings, by, restored: undefined })
  await record<QueuesEvent>(trx, { type: 'queueSettingsSaved', queue: settings.queue, version, by })
}

export async function retiredQueues(db: Db): Promise<RetiredQueue[]> {
  return await listRetired(db)
}

function refuse(problems: readonly SettingProblem[]): void {
  if (problems.length > 0) throw new SettingsHaveProblems(problems)
}

type Together = Parameters<typeof checkQueues>[0]

function refuseFaults(before: Together, after: Together, changed?: QueueId): void {
  const problems = newProblems(checkQueues(before), checkQueues(after), changed)
  if (problems.length > 0) throw new QueuesHaveProblems(problems)
}

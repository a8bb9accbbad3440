/** Skills, and how well agents have them. A change that would leave callers of a queue with nobody is refused. */
import type { Kysely, Transaction } from 'kysely'
import {
  type AddSkill,
  type AgentSkills,
  type ChangeAgentSkills,
  SKILL_NAME_MAX_CHARACTERS,
} from '#contract/queues.ts'
import type { AgentId, SkillId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { checkQueues, type QueuesTogether } from '#core/routing/check-queues.ts'
import { newProblems } from '#core/routing/queue-form.ts'
import { RULE_WORDS } from '#core/routing/skill-rule-text.ts'
import type { SkillLevels } from '#core/routing/skill-rules.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { type AgentProfile, changeSkillLevels } from '../staff/service.ts'
import type { QueuesEvent } from './events.ts'
import { deleteSkill, insertSkill, listSkills, lockSettings } from './store.ts'
import { QueuesHaveProblems, readTogether, servesOf } from './together.ts'

/** More columns nobody can read. */
const SKILLS_MAX = 40

export async function agentSkills(db: Kysely<Database>): Promise<AgentSkills> {
  const { courses, profiles, skills } = await readTogether(db)
  return {
    courses,
    skills: skills.map(({ skill, names }) => ({ skill, names })),
    agents: profiles.map(({ id, name, queues, skills: levels }) => ({
      agent: id,
      name,
      queues: [...queues],
      levels: { ...levels },
    })),
  }
}

export async function addSkill(db: Kysely<Database>, { skill, names }: AddSkill, by: StaffId): Promise<void> {
  // Levels are kept by the names of skills in plain objects, which have a few names of their own: constructor, toString.
  if (skill in {}) throw new Refusal('badInput', `No skill can be called ${skill}`)
  if (RULE_WORDS.includes(skill)) throw new Refusal('badInput', `${skill} is a word of the rules`)
  await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const known = await listSkills(trx)
    if (known.length >= SKILLS_MAX) throw new Refusal('tooLarge', `There are ${SKILLS_MAX} skills already`)
    if (known.some((row) => row.skill === skill)) throw new Refusal('badInput', `There is a skill ${skill}`)
    await putSkill(trx, { skill, names }, by)
  })
}

export async function putSkill(trx: Transaction<Database>, { skill, names }: AddSkill, by?: StaffId) {
  const plain = (text: string) => asPlainText(text, SKILL_NAME_MAX_CHARACTERS).text.trim()
  const [uz, ru] = [plain(names.uz), plain(names.ru)]
  if (!uz || !ru) throw new Refusal('badInput', `Nothing of a name of ${skill} can be read`)
  await insertSkill(trx, { skill, names: { uz, ru } })
  await record<QueuesEvent>(trx, { type: 'skillAdded', skill, ...(by && { by }) })
}

/** Returns those who had it, as they are without it. */
export async function removeSkill(
  db: Kysely<Database>,
  skill: SkillId,
  by: StaffId,
): Promise<AgentProfile[]> {
  if (CALL_LANGUAGES.some((language) => language === (skill as string)))
    throw new Refusal('badInput', `Calls are held in ${skill}`)
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const { profiles, together } = await readTogether(trx)
    if (!together.skills.includes(skill)) throw new Refusal('notFound', `No skill ${skill}`)
    const had = profiles.filter((profile) => profile.skills[skill] !== undefined)
    const without = profiles.map((profile) => withLevels(profile, { [skill]: 0 }))
    const skills = together.skills.filter((known) => known !== skill)
    refuseNewProblems(together, { ...together, skills, agents: without.map(servesOf) })
    const levels = Object.fromEntries(had.map((profile) => [profile.id, profile.skills[skill] ?? 0]))
    await deleteSkill(trx, skill)
    await record<QueuesEvent>(trx, { type: 'skillRemoved', skill, levels, by })
    return had.map((profile) => withLevels(profile, { [skill]: 0 }))
  })
}

/** Returns the agents as they are now. */
export async function changeAgentSkills(
  db: Kysely<Database>,
  { changes }: ChangeAgentSkills,
  by: StaffId,
): Promise<AgentProfile[]> {
  return await db.transaction().execute(async (trx) => {
    await lockSettings(trx)
    const { profiles, together } = await readTogether(trx)
    const byAgent = levelsByAgent(changes, profiles, together.skills)
    const changed = profiles.map((profile) => withLevels(profile, byAgent.get(profile.id) ?? {}))
    refuseNewProblems(together, { ...together, agents: changed.map(servesOf) })
    for (const profile of profiles) {
      const levels = byAgent.get(profile.id)
      if (levels) await changeSkillLevels(trx, profile, { levels, by })
    }
    return changed.filter(({ id }) => byAgent.has(id))
  })
}

function levelsByAgent(
  changes: ChangeAgentSkills['changes'],
  profiles: readonly AgentProfile[],
  skills: readonly SkillId[],
): Map<AgentId, SkillLevels> {
  const byAgent = new Map<AgentId, SkillLevels>()
  for (const { agent, skill, from, to } of changes) {
    const profile = profiles.find(({ id }) => id === agent)
    if (byAgent.get(agent)?.[skill] !== undefined)
      throw new Refusal('badInput', `${skill} of ${agent} is changed twice`)
    if (!profile || !skills.includes(skill))
      throw new Refusal('notFound', `No agent ${agent} or skill ${skill}`)
    if ((profile.skills[skill] ?? 0) !== from)
      throw new Refusal('changedMeanwhile', `${skill} of ${agent} is not ${from} any more`)
    byAgent.set(agent, { ...byAgent.get(agent), [skill]: to })
  }
  return byAgent
}

function withLevels(profile: AgentProfile, levels: SkillLevels): AgentProfile {
  const all = Object.entries({ ...profile.skills, ...levels }).filter(([, level]) => level > 0)
  return { ...profile, skills: Object.fromEntries(all) }
}

function refuseNewProblems(before: QueuesTogether, after: QueuesTogether): void {
  const problems = newProblems(checkQueues(before), checkQueues(after))
  if (problems.length > 0) throw new QueuesHaveProblems(problems)
}

/** Queues and skills of the make-believe server, checked by the very rules of the real one. */
import { z } from 'zod'
import {
  AddQueue,
  AddSkill,
  AgentSkills,
  ChangeAgentSkills,
  QueueRow,
  QueueVersion,
  RenameQueue,
  RestoreQueue,
  RetiredQueue,
  SaveQueue,
  SetQueueAgents,
} from '#contract/queues.ts'
import type { CourseId, QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { settingProblem } from '#core/lib/setting-problems.ts'
import { checkNewQueue } from '#core/routing/check-new-queue.ts'
import { checkQueues, queueWarnings, type QueuesTogether } from '#core/routing/check-queues.ts'
import { newProblems, queueForm, readQueueForm, settingsOfForm } from '#core/routing/queue-form.ts'
import { defaultQueueSettings, type Otherwise, type QueueSettings } from '#core/routing/queue-settings.ts'
import { readSkillRules } from '#core/routing/skill-rule-text.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'

const SAVED_AT = 1_790_000_000_000
const GENERAL: Otherwise = { do: 'overflow', to: 'general' as QueueId }
const MESSAGE: Otherwise = { do: 'takeMessage' }

type Row = Pick<QueueRow, 'queue' | 'names'> & { versions: QueueVersion[] }
export type MockQueues = ReturnType<typeof mockQueues>
type Asked = { world: { queues: MockQueues }; me: { name: string }; path: string[]; body: unknown }

/** Of the one course there is in the morning. */
export const FIRST_COURSE = { uz: 'Xizmat madaniyati', ru: 'Культура обслуживания' }

export function mockQueues() {
  const rows: Row[] = [
    queue(
      'admission',
      { uz: 'Bakalavriatga qabul', ru: 'Приём в бакалавриат' },
      {
        full: { waitingMax: 50, then: GENERAL },
        tooLong: { waitSecondsMax: 900, then: MESSAGE },
      },
    ),
    queue(
      'general',
      { uz: 'Umumiy savollar', ru: 'Общие вопросы' },
      { tooLong: { waitSecondsMax: 900, then: MESSAGE } },
    ),
    queue(
      'appeals',
      { uz: 'Murojaatlar', ru: 'Обращения' },
      {
        order: 'bestSkill',
        skills: rules('wait < 45 s: language >= 60, appeals >= 60; then language >= 30; then language >= 1'),
        hours: {
          open: {
            week: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }],
            closedOn: ['2027-01-01'],
          },
          then: MESSAGE,
          atClosing: 'serve',
        },
      },
    ),
    queue(
      'trust',
      { uz: 'Ishonch telefoni', ru: 'Телефон доверия' },
      {
        order: 'ringAll',
        nobodyOnDuty: { then: GENERAL },
      },
    ),
  ]
  const table: AgentSkills = {
    skills: [
      skill('uz', 'Oʻzbek tili', 'Узбекский язык'),
      skill('ru', 'Rus tili', 'Русский язык'),
      skill('appeals', 'Murojaat bilan ishlash', 'Работа с обращениями'),
    ],
    agents: [
      agent(1, 'Dilnoza Karimova', { uz: 100, ru: 70, appeals: 80 }),
      agent(2, 'Sherzod Aliyev', { uz: 100, ru: 40 }),
      agent(7, 'Анна Ким', { ru: 100, appeals: 65 }),
      agent(8, 'Jasur Xolmatov', { uz: 100 }),
    ],
    courses: [{ course: 1 as CourseId, names: FIRST_COURSE, attested: [] }],
  }
  return { rows, table, retired: [] as (Row & { retiredAt: number })[] }
}

export const QUEUES: Record<string, (asked: Asked) => unknown> = {
  'GET /queues/retired': ({ world }) => z.array(RetiredQueue).parse(world.queues.retired),
  'POST /queues': ({ world, body }) => {
    const { queue: id, names, then } = AddQueue.parse(body)
    const problems = checkNewQueue(
      { queue: id, names },
      world.queues.rows.map((row) => String(row.queue)),
    )
    if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
    world.queues.rows.push(queue(id, names, { nobodyOnDuty: { then } }))
    return rowsOf(world.queues)
  },
  'PUT /queues/:queue/names': ({ world, path, body }) => {
    found(world.queues, path[1]).names = RenameQueue.parse(body).names
    return rowsOf(world.queues)
  },
  'PUT /queues/:queue/agents': ({ world, path, body }) => {
    const { queue: id } = found(world.queues, path[1])
    const { to } = SetQueueAgents.parse(body)
    const agents = world.queues.table.agents.map((one) => {
      const others = one.queues.filter((each) => each !== id)
      return { ...one, queues: to.includes(one.agent) ? [...others, id] : others }
    })
    const changed = { ...world.queues, table: { ...world.queues.table, agents } }
    refuseNew(world.queues, changed)
    world.queues.table.agents = agents
    return rowsOf(world.queues)
  },
  'POST /queues/:queue/retire': ({ world, path }) => {
    const row = found(world.queues, path[1])
    if (row.queue === 'admission')
      throw new Refused('settingsHaveProblems', [
        settingProblem(row.queue, 'flowLeadsHere', { field: 'queue' }),
      ])
    const rows = world.queues.rows.filter((one) => one !== row)
    refuseNew(world.queues, { ...world.queues, rows })
    world.queues.rows = rows
    world.queues.retired.push({ ...row, retiredAt: Date.now() })
    return rowsOf(world.queues)
  },
  'POST /queues/:queue/reopen': ({ world, path }) => {
    const { queues } = world
    const row = queues.retired.find((one) => one.queue === path[1])
    if (!row) throw new Refused('notFound')
    queues.retired = queues.retired.filter((one) => one !== row)
    queues.rows.push(row)
    return rowsOf(queues)
  },
  'GET /queues': ({ world }) => z.array(QueueRow).parse(rowsOf(world.queues)),
  'PUT /queues/:queue': ({ world, me, path, body }) => {
    const { basedOn, form } = SaveQueue.parse(body)
    return saved(world.queues, path[1], { basedOn, form, by: me.name, restored: null })
  },
  'GET /queues/:queue/versions': ({ world, path }) =>
    z.array(QueueVersion).parse(found(world.queues, path[1]).versions),
  'POST /queues/:queue/versions/:version/restore': ({ world, me, path, body }) => {
    const { basedOn } = RestoreQueue.parse(body)
    const restored = Number(path[3])
    const version = found(world.queues, path[1]).versions.find((one) => one.version === restored)
    if (!version) throw new Refused('notFound')
    return saved(world.queues, path[1], { basedOn, form: version.form, by: me.name, restored })
  },
  'GET /agent-skills': ({ world }) => AgentSkills.parse(world.queues.table),
  'PUT /agent-skills': ({ world, body }) => {
    const { table } = world.queues
    const agents = structuredClone(table.agents)
    for (const { agent, skill, to } of ChangeAgentSkills.parse(body).changes) {
      const row = agents.find((one) => one.agent === agent)
      if (row) row.levels = { ...row.levels, [skill]: to }
    }
    const [before, after] = [
      togetherOf(world.queues),
      togetherOf({ ...world.queues, table: { ...table, agents } }),
    ]
    const problems = newProblems(checkQueues(before), checkQueues(after))
    if (problems.length > 0) throw new Refused('queuesHaveProblems', [...problems])
    table.agents = agents
    return AgentSkills.parse(table)
  },
  'POST /skills': ({ world, body }) => {
    world.queues.table.skills.push(AddSkill.parse(body))
    return AgentSkills.parse(world.queues.table)
  },
  'DELETE /skills/:skill': ({ world, path }) => {
    const { table } = world.queues
    table.skills = table.skills.filter(({ skill }) => skill !== path[1])
    return AgentSkills.parse(table)
  },
}

function refuseNew(before: MockQueues, after: MockQueues): void {
  const problems = newProblems(checkQueues(togetherOf(before)), checkQueues(togetherOf(after)))
  if (problems.length > 0) throw new Refused('queuesHaveProblems', [...problems])
}

type Saving = Pick<QueueVersion, 'form' | 'restored'> & { basedOn: number; by: string }

function saved(
  queues: MockQueues,
  id: string | undefined,
  { basedOn, form, by, restored }: Saving,
): QueueRow {
  const row = found(queues, id)
  if (row.versions[0]?.version !== basedOn) throw new Refused('changedMeanwhile')
  const { problems, settings } = readQueueForm(row.queue, form, togetherOf(queues))
  if (problems.length > 0) throw new Refused('queuesHaveProblems', [...problems])
  const version = (row.versions[0]?.version ?? 0) + 1
  row.versions.unshift({ version, savedAt: Date.now(), savedByName: by, restored, form: queueForm(settings) })
  return QueueRow.parse(rowsOf(queues).find(({ queue }) => queue === row.queue))
}

function rowsOf(queues: MockQueues): QueueRow[] {
  const [problems, warnings] = [checkQueues(togetherOf(queues)), queueWarnings(togetherOf(queues))]
  return queues.rows.flatMap(({ queue, names, versions: [newest] }) =>
    newest
      ? [
          {
            ...newest,
            queue,
            names,
            problems: problems.filter((problem) => problem.queue === queue),
            warnings: warnings.filter((warning) => warning.queue === queue),
          },
        ]
      : [],
  )
}

function togetherOf({ rows, table }: MockQueues): QueuesTogether {
  return {
    queues: rows.flatMap(({ queue, versions: [newest] }) =>
      newest ? [settingsOfForm(queue, newest.form)] : [],
    ),
    agents: table.agents.map(({ agent, queues, levels }) => ({ agent, queues, skills: levels })),
    skills: table.skills.map(({ skill }) => skill),
    languages: CALL_LANGUAGES,
    courses: table.courses,
  }
}

function found(queues: MockQueues, id: string | undefined): Row {
  const row = queues.rows.find(({ queue }) => queue === id)
  if (!row) throw new Refused('notFound')
  return row
}

function queue(id: string, names: Row['names'], change: Partial<QueueSettings>): Row {
  const settings = { ...defaultQueueSettings(id as QueueId), ...change }
  const version = { version: 1, savedAt: SAVED_AT, savedByName: 'Aziz Nazarov', restored: null }
  return { queue: settings.queue, names, versions: [{ ...version, form: queueForm(settings) }] }
}

function skill(id: string, uz: string, ru: string) {
  return { skill: id as SkillId, names: { uz, ru } }
}

function agent(place: number, name: string, levels: Record<string, number>) {
  const queues = ['admission', 'general', 'appeals', 'trust'] as QueueId[]
  return { agent: madeId(1, place) as StaffId, name, queues, levels }
}

function rules(text: string) {
  const read = readSkillRules(text)
  if ('errors' in read) throw new Error(read.errors[0]?.message)
  return read.rules
}

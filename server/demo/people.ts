/** Who works in the demo organisation. The names are common ones put together; they are nobody's. */
import type { QueueId, SkillId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { SKILL_LEVEL_MAX, type SkillLevels } from '#core/routing/skill-rules.ts'
import type { Role } from '#core/staff/permissions.ts'
import { DEMO_QUEUES, DEMO_SKILLS } from './queues.ts'

export type DemoPerson = {
  login: string
  name: string
  role: Role
  languages: readonly CallLanguage[]
  queues: readonly QueueId[]
  skills?: SkillLevels
}

const AGENTS = [
  'Dilnoza Karimova',
  'Rustam Yoʻldoshev',
  'Gulnora Rahimova',
  'Sherzod Toʻrayev',
  'Madina Yusupova',
  'Jasur Abdullayev',
  'Nilufar Qodirova',
  'Bekzod Mirzayev',
  'Zuhra Ismoilova',
  'Otabek Nazarov',
  'Kamola Ergasheva',
  'Ulugʻbek Saidov',
  'Feruza Tosheva',
  'Akmal Hamidov',
  'Sevara Joʻrayeva',
  'Doniyor Gʻaniyev',
  'Shahnoza Umarova',
  'Farrux Sobirov',
  'Munisa Xolmatova',
  'Sardor Bozorov',
  'Lola Norqulova',
  'Temur Oripov',
  'Iroda Gʻafurova',
  'Alisher Rustamov',
  'Barno Sultonova',
  'Javohir Eshonqulov',
  'Yulduz Qosimova',
  'Mansur Tursunov',
  'Oydin Haydarova',
  'Sanjar Valiyev',
  'Ozoda Mahmudova',
  'Bobur Jalilov',
  'Hilola Zokirova',
  'Eldor Shukurov',
  'Nargiza Botirova',
  'Anvar Hakimov',
  'Maftuna Rajabova',
  'Ilhom Fayziyev',
  'Malika Asqarova',
  'Davron Normatov',
] as const

const OTHERS: readonly [login: string, name: string, role: Role][] = [
  ['supervisor1', 'Saodat Hasanova', 'supervisor'],
  ['supervisor2', 'Botir Ochilov', 'supervisor'],
  ['editor', 'Zilola Murodova', 'editor'],
  ['officer', 'Abror Tojiboyev', 'officer'],
  ['administrator', 'Umida Salimova', 'administrator'],
  ['chancellery', 'Nodira Inoyatova', 'chancellery'],
]

/** The first two can be asked anything in either language: enough to try the whole path of any call. */
const SERVE_EVERYTHING = 2
const QUEUES_OF_AN_AGENT = 3

export function demoPeople(): DemoPerson[] {
  const agents = AGENTS.map((name, index): DemoPerson => {
    return {
      login: `agent${index + 1}`,
      name,
      role: 'agent',
      languages: languagesOf(index),
      queues: queuesOf(index),
      skills: skillsOf(index),
    }
  })
  const others = OTHERS.map(
    ([login, name, role]): DemoPerson => ({ login, name, role, languages: ['uz', 'ru'], queues: [] }),
  )
  return [...agents, ...others]
}

/** Most speak both; every fifth only one, and among these every other only Russian. */
function languagesOf(index: number): readonly CallLanguage[] {
  if (index < SERVE_EVERYTHING || index % 5 !== 4) return ['uz', 'ru']
  return index % 10 === 4 ? ['uz'] : ['ru']
}

function queuesOf(index: number): readonly QueueId[] {
  const queues = DEMO_QUEUES.map(({ id }) => id)
  if (index < SERVE_EVERYTHING) return queues
  return Array.from(
    { length: QUEUES_OF_AN_AGENT },
    (_, step) => queues[(index + step * 2) % queues.length] as QueueId,
  )
}

/** The first language as well as one can, the second less; of the other skills those that his queues are called after. */
function skillsOf(index: number): SkillLevels {
  const languages = index % 3 === 1 ? languagesOf(index).toReversed() : languagesOf(index)
  const queues = queuesOf(index).map((queue) => String(queue))
  const others = DEMO_SKILLS.filter(({ skill }) => queues.includes(skill)).map(({ skill }) => [
    skill,
    levelOf(index, skill),
  ])
  const spoken = languages.map((language, place) => [
    language as string as SkillId,
    place === 0 ? SKILL_LEVEL_MAX : levelOf(index, language),
  ])
  return Object.fromEntries([...spoken, ...others])
}

/** From 30 to 95 in steps of five, the same at every start. */
function levelOf(index: number, skill: string): number {
  if (index < SERVE_EVERYTHING) return SKILL_LEVEL_MAX
  return 30 + ((index * 7 + skill.length * 5) % 14) * 5
}

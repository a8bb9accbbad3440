/** Every page there is, and who reads it. console-every-page.test.ts names each address of console/paths.ts that is missing here. */
import { paths } from '../../console/paths.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { tashkentDay } from '#core/lib/time.ts'

const DAY_MS = 86_400_000
const day = `?day=${tashkentDay(Date.now() - DAY_MS)}`
const [call, appeal, citizen, agent, person] = [
  madeId(2, 2),
  madeId(3, 0),
  madeId(4, 1),
  madeId(1, 22),
  madeId(1, 2),
]

type Reader = 'agent1' | 'supervisor1' | 'editor1' | 'officer1' | 'admin'
type Read = { by: readonly Reader[]; at: string }

const READ = {
  // Leads on to the page of one's role.
  home: { by: [], at: paths.home() },
  desk: { by: ['agent1'], at: paths.desk() },
  classify: { by: ['agent1'], at: paths.classify(call) },
  myDay: { by: ['agent1'], at: paths.myDay() + day },
  calls: { by: ['agent1', 'supervisor1'], at: paths.calls() },
  call: { by: ['supervisor1'], at: paths.call(call) },
  callbacks: { by: ['supervisor1'], at: paths.callbacks() },
  appeals: { by: ['agent1', 'supervisor1'], at: paths.appeals() },
  appeal: { by: ['editor1', 'officer1', 'supervisor1'], at: paths.appeal(appeal) },
  knowledge: { by: ['agent1', 'editor1', 'officer1'], at: paths.knowledge() },
  newKnowledge: { by: ['editor1'], at: paths.newKnowledge() },
  importKnowledge: { by: ['editor1'], at: paths.importKnowledge() },
  knowledgeMisses: { by: ['editor1'], at: paths.knowledgeMisses() },
  knowledgeItem: { by: ['agent1', 'officer1'], at: paths.knowledgeItem('1') },
  editKnowledge: { by: ['editor1'], at: paths.editKnowledge('1') },
  courses: { by: ['supervisor1'], at: paths.courses() },
  newCourse: { by: ['admin'], at: paths.newCourse() },
  course: { by: ['supervisor1'], at: paths.course('1') },
  myCourses: { by: ['agent1'], at: paths.myCourses() },
  myCourse: { by: ['agent1'], at: paths.myCourse('1') },
  script: { by: ['supervisor1'], at: paths.script() },
  citizens: { by: ['agent1'], at: paths.citizens() },
  newCitizen: { by: ['agent1'], at: paths.newCitizen() },
  citizen: { by: ['agent1', 'supervisor1'], at: paths.citizen(citizen) },
  calendar: { by: ['admin'], at: paths.calendar() },
  wallboard: { by: ['supervisor1'], at: paths.wallboard() },
  agents: { by: ['supervisor1'], at: paths.agents() + day },
  agent: { by: ['supervisor1'], at: paths.agent(agent) + day },
  flows: { by: ['admin'], at: paths.flows() },
  flow: { by: ['admin'], at: paths.flow('main') },
  queues: { by: ['admin'], at: paths.queues() },
  queue: { by: ['admin'], at: paths.queue('appeals') },
  people: { by: ['admin'], at: paths.people() },
  person: { by: ['admin'], at: paths.person(person) },
  settings: { by: ['admin'], at: paths.settings() },
  breaks: { by: ['admin'], at: paths.breaks() },
  outcomes: { by: ['admin'], at: paths.outcomes() },
  readyMessages: { by: ['admin'], at: paths.readyMessages() },
  trunks: { by: ['admin'], at: paths.trunks() },
  organisation: { by: ['admin'], at: paths.organisation() },
  dialling: { by: ['admin'], at: paths.dialling() },
  callbackSettings: { by: ['admin'], at: paths.callbackSettings() },
  information: { by: ['admin'], at: paths.information() },
  documentTemplates: { by: ['admin'], at: paths.documentTemplates() },
  dispatch: { by: ['admin'], at: paths.dispatch() },
  signing: { by: ['admin'], at: paths.signing() },
  classifier: { by: ['admin'], at: paths.classifier() },
  portal: { by: ['admin'], at: paths.portal() },
  oneId: { by: ['admin'], at: paths.oneId() },
  sms: { by: ['admin'], at: paths.sms() },
  recordingRequests: { by: ['officer1'], at: paths.recordingRequests() },
  agentSkills: { by: ['admin'], at: paths.agentSkills() },
} as const satisfies Partial<Record<keyof typeof paths, Read>>

export const NOT_READ = Object.keys(paths).filter((name) => !(name in READ))

/** The addresses that each of them reads. */
export const EVERY_PAGE: readonly (readonly [Reader, readonly string[]])[] = (
  ['agent1', 'supervisor1', 'editor1', 'officer1', 'admin'] as const
).map((who) => [who, Object.values<Read>(READ).flatMap(({ by, at }) => (by.includes(who) ? [at] : []))])

/** Which page stands at which address. Each is loaded when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  useParams,
} from '@tanstack/react-router'
import type { Me } from '#contract/staff.ts'
import type { Action } from '#core/staff/permissions.ts'
import { MayOnly } from './MayOnly.tsx'
import { useSignedIn } from './me.ts'
import { NotFoundPage } from './NotFoundPage.tsx'
import { paths } from './paths.ts'
import { Shell } from './shell/Shell.tsx'

const DeskPage = lazyRouteComponent(() => import('./pages/desk/DeskPage.tsx'), 'DeskPage')
const ClassifyPage = lazyRouteComponent(() => import('./pages/desk/ClassifyPage.tsx'), 'ClassifyPage')
const CallsPage = lazyRouteComponent(() => import('./pages/calls/CallsPage.tsx'), 'CallsPage')
const CallCardPage = lazyRouteComponent(() => import('./pages/calls/CallCardPage.tsx'), 'CallCardPage')
const CallbacksPage = lazyRouteComponent(() => import('./pages/callbacks/CallbacksPage.tsx'), 'CallbacksPage')
const AppealsPage = lazyRouteComponent(() => import('./pages/appeals/AppealsPage.tsx'), 'AppealsPage')
const AppealCardPage = lazyRouteComponent(
  () => import('./pages/appeals/AppealCardPage.tsx'),
  'AppealCardPage',
)
const KnowledgePage = lazyRouteComponent(() => import('./pages/knowledge/KnowledgePage.tsx'), 'KnowledgePage')
const KnowledgeItemPage = lazyRouteComponent(
  () => import('./pages/knowledge/KnowledgeItemPage.tsx'),
  'KnowledgeItemPage',
)
const ImportPage = lazyRouteComponent(() => import('./pages/knowledge/ImportPage.tsx'), 'ImportPage')
const MissesPage = lazyRouteComponent(() => import('./pages/knowledge/MissesPage.tsx'), 'MissesPage')
const NewKnowledgePage = lazyRouteComponent(
  () => import('./pages/knowledge/EditKnowledgePage.tsx'),
  'NewKnowledgePage',
)
const EditKnowledgePage = lazyRouteComponent(
  () => import('./pages/knowledge/EditKnowledgePage.tsx'),
  'EditKnowledgePage',
)
const CitizensPage = lazyRouteComponent(() => import('./pages/citizens/CitizensPage.tsx'), 'CitizensPage')
const NewCitizenPage = lazyRouteComponent(
  () => import('./pages/citizens/NewCitizenPage.tsx'),
  'NewCitizenPage',
)
const CitizenCardPage = lazyRouteComponent(
  () => import('./pages/citizens/CitizenCardPage.tsx'),
  'CitizenCardPage',
)
const CalendarPage = lazyRouteComponent(() => import('./pages/calendar/CalendarPage.tsx'), 'CalendarPage')
const WallboardPage = lazyRouteComponent(() => import('./pages/wallboard/WallboardPage.tsx'), 'WallboardPage')
const AgentsPage = lazyRouteComponent(() => import('./pages/agents/AgentsPage.tsx'), 'AgentsPage')
const AgentDayPage = lazyRouteComponent(() => import('./pages/agents/AgentDayPage.tsx'), 'AgentDayPage')
const MyDayPage = lazyRouteComponent(() => import('./pages/agents/AgentDayPage.tsx'), 'MyDayPage')
const FlowsPage = lazyRouteComponent(() => import('./pages/flows/FlowsPage.tsx'), 'FlowsPage')
const FlowEditorPage = lazyRouteComponent(() => import('./pages/flows/FlowEditorPage.tsx'), 'FlowEditorPage')

const QueuesPage = lazyRouteComponent(() => import('./pages/queues/QueuesPage.tsx'), 'QueuesPage')
const QueuePage = lazyRouteComponent(() => import('./pages/queues/QueuePage.tsx'), 'QueuePage')
const AgentSkillsPage = lazyRouteComponent(
  () => import('./pages/queues/AgentSkillsPage.tsx'),
  'AgentSkillsPage',
)

const PeoplePage = lazyRouteComponent(() => import('./pages/staff/PeoplePage.tsx'), 'PeoplePage')
const PersonPage = lazyRouteComponent(() => import('./pages/staff/PersonPage.tsx'), 'PersonPage')

const SettingsPage = lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage')
const BreaksPage = lazyRouteComponent(() => import('./pages/settings/BreaksPage.tsx'), 'BreaksPage')
const PortalPage = lazyRouteComponent(() => import('./pages/portal/PortalPage.tsx'), 'PortalPage')
const RecordingRequestsPage = lazyRouteComponent(
  () => import('./pages/portal/RecordingRequestsPage.tsx'),
  'RecordingRequestsPage',
)
const ReadyMessagesPage = lazyRouteComponent(
  () => import('./pages/settings/ReadyMessagesPage.tsx'),
  'ReadyMessagesPage',
)
const OutcomesPage = lazyRouteComponent(() => import('./pages/settings/OutcomesPage.tsx'), 'OutcomesPage')

const ClassifierPage = lazyRouteComponent(
  () => import('./pages/settings/ClassifierPage.tsx'),
  'ClassifierPage',
)

const DocumentTemplatesPage = lazyRouteComponent(
  () => import('./pages/settings/DocumentTemplatesPage.tsx'),
  'DocumentTemplatesPage',
)
const DispatchPage = lazyRouteComponent(() => import('./pages/settings/DispatchPage.tsx'), 'DispatchPage')
const CoursesPage = lazyRouteComponent(() => import('./pages/learning/CoursesPage.tsx'), 'CoursesPage')
const NewCoursePage = lazyRouteComponent(() => import('./pages/learning/CoursePage.tsx'), 'NewCoursePage')
const CoursePage = lazyRouteComponent(() => import('./pages/learning/CoursePage.tsx'), 'CoursePage')
const MyCoursesPage = lazyRouteComponent(() => import('./pages/learning/MyCoursesPage.tsx'), 'MyCoursesPage')
const MyCoursePage = lazyRouteComponent(() => import('./pages/learning/MyCoursePage.tsx'), 'MyCoursePage')
const ScriptPage = lazyRouteComponent(() => import('./pages/scripts/ScriptPage.tsx'), 'ScriptPage')

const TrunksPage = lazyRouteComponent(() => import('./pages/settings/TrunksPage.tsx'), 'TrunksPage')

const OrganisationPage = lazyRouteComponent(
  () => import('./pages/settings/OrganisationPage.tsx'),
  'OrganisationPage',
)
const DiallingPage = lazyRouteComponent(() => import('./pages/settings/DiallingPage.tsx'), 'DiallingPage')
const CallbackSettingsPage = lazyRouteComponent(
  () => import('./pages/settings/CallbackSettingsPage.tsx'),
  'CallbackSettingsPage',
)
const InformationPage = lazyRouteComponent(
  () => import('./pages/settings/InformationPage.tsx'),
  'InformationPage',
)

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

/** A page for those who may do this. */
function pageFor(path: string, action: Action, page: React.ReactNode) {
  const component = () => <MayOnly actions={[action]}>{page}</MayOnly>
  return createRoute({ getParentRoute: () => root, path, component })
}

const routes = [
  createRoute({ getParentRoute: () => root, path: paths.home(), component: Home }),
  createRoute({
    getParentRoute: () => root,
    path: paths.desk(),
    component: () => (
      <MayOnly actions={['takeCalls']}>
        <DeskPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.classify('$id'),
    component: () => (
      <MayOnly actions={['takeCalls']}>
        <WithId page={ClassifyPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.calls(),
    validateSearch: ({ search }) => (typeof search === 'string' ? { search } : {}),
    component: () => (
      <MayOnly actions={['seeOwnCalls', 'seeAllCalls']}>
        <CallsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.call('$id'),
    component: () => (
      <MayOnly actions={['seeOwnCalls', 'seeAllCalls']}>
        <WithId page={CallCardPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.callbacks(),
    component: () => (
      <MayOnly actions={['seeAllCalls']}>
        <CallbacksPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.appeals(),
    validateSearch: appealsInAddress,
    component: () => (
      <MayOnly actions={['seeAppeals']}>
        <AppealsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.appeal('$id'),
    component: () => (
      <MayOnly actions={['seeAppeals']}>
        <WithId page={AppealCardPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.knowledge(),
    validateSearch: ({ search }) => (typeof search === 'string' ? { search } : {}),
    component: () => <KnowledgePage />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.newKnowledge(),
    component: () => (
      <MayOnly actions={['editKnowledge']}>
        <NewKnowledgePage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.importKnowledge(),
    component: () => (
      <MayOnly actions={['editKnowledge']}>
        <ImportPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.knowledgeMisses(),
    component: () => (
      <MayOnly actions={['editKnowledge', 'approveKnowledge']}>
        <MissesPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.knowledgeItem('$id'),
    validateSearch: ({ version }) => (typeof version === 'number' ? { version } : {}),
    component: () => <WithId page={KnowledgeItemPage} />,
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.editKnowledge('$id'),
    component: () => (
      <MayOnly actions={['editKnowledge']}>
        <WithId page={EditKnowledgePage} />
      </MayOnly>
    ),
  }),
  pageFor(paths.courses(), 'editCourses', <CoursesPage />),
  pageFor(paths.newCourse(), 'editCourses', <NewCoursePage />),
  pageFor(paths.course('$id'), 'editCourses', <WithId page={CoursePage} />),
  pageFor(paths.myCourses(), 'takeCalls', <MyCoursesPage />),
  pageFor(paths.myCourse('$id'), 'takeCalls', <WithId page={MyCoursePage} />),
  pageFor(paths.script(), 'changeScripts', <ScriptPage />),
  pageFor(paths.organisation(), 'changeOrganisation', <OrganisationPage />),
  pageFor(paths.dialling(), 'changeTrunks', <DiallingPage />),
  pageFor(paths.callbackSettings(), 'changeQueues', <CallbackSettingsPage />),
  pageFor(paths.information(), 'changeFlows', <InformationPage />),
  createRoute({
    getParentRoute: () => root,
    path: paths.citizens(),
    component: () => (
      <MayOnly actions={['seeCitizens']}>
        <CitizensPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.newCitizen(),
    component: () => (
      <MayOnly actions={['changeCitizens']}>
        <NewCitizenPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.citizen('$id'),
    component: () => (
      <MayOnly actions={['seeCitizens']}>
        <WithId page={CitizenCardPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.calendar(),
    component: () => (
      <MayOnly actions={['changeCalendar']}>
        <CalendarPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.wallboard(),
    component: () => (
      <MayOnly actions={['seeAgents']}>
        <WallboardPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.agents(),
    validateSearch: dayInAddress,
    component: () => (
      <MayOnly actions={['seeAgents']}>
        <AgentsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.agent('$id'),
    validateSearch: dayInAddress,
    component: () => (
      <MayOnly actions={['seeAgents', 'takeCalls']}>
        <WithId page={AgentDayPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.myDay(),
    validateSearch: dayInAddress,
    component: () => (
      <MayOnly actions={['takeCalls']}>
        <MyDayPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.flows(),
    component: () => (
      <MayOnly actions={['changeFlows']}>
        <FlowsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.flow('$id'),
    component: () => (
      <MayOnly actions={['changeFlows']}>
        <WithId page={FlowEditorPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.queues(),
    component: () => (
      <MayOnly actions={['changeQueues']}>
        <QueuesPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.queue('$id'),
    component: () => (
      <MayOnly actions={['changeQueues']}>
        <WithId page={QueuePage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.agentSkills(),
    component: () => (
      <MayOnly actions={['changeQueues']}>
        <AgentSkillsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.people(),
    component: () => (
      <MayOnly actions={['changeStaff']}>
        <PeoplePage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.person('$id'),
    component: () => (
      <MayOnly actions={['changeStaff']}>
        <WithId page={PersonPage} />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.settings(),
    component: () => (
      <MayOnly actions={['changeStaff']}>
        <SettingsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.breaks(),
    component: () => (
      <MayOnly actions={['changeStaff']}>
        <BreaksPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.outcomes(),
    component: () => (
      <MayOnly actions={['changeStaff']}>
        <OutcomesPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.readyMessages(),
    component: () => (
      <MayOnly actions={['changePortal']}>
        <ReadyMessagesPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.classifier(),
    component: () => (
      <MayOnly actions={['changeClassifier']}>
        <ClassifierPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.documentTemplates(),
    component: () => (
      <MayOnly actions={['changeDispatch']}>
        <DocumentTemplatesPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.portal(),
    component: () => (
      <MayOnly actions={['changePortal']}>
        <PortalPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.dispatch(),
    component: () => (
      <MayOnly actions={['changeDispatch']}>
        <DispatchPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.recordingRequests(),
    component: () => (
      <MayOnly actions={['giveOutRecordings']}>
        <RecordingRequestsPage />
      </MayOnly>
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: paths.trunks(),
    component: () => (
      <MayOnly actions={['changeTrunks']}>
        <TrunksPage />
      </MayOnly>
    ),
  }),
]

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent' })

function WithId({ page: Page }: { page: React.ComponentType<{ id: string }> }) {
  const { id } = useParams({ strict: false }) as { id: string }
  // A new card starts from nothing: no player or form of the one before.
  return <Page key={id} id={id} />
}

function appealsInAddress(asked: Record<string, unknown>): {
  search?: string
  list?: string
  status?: string
} {
  const told = Object.entries(asked).filter(
    ([name, value]) => ['search', 'list', 'status'].includes(name) && typeof value === 'string',
  )
  return Object.fromEntries(told)
}

function dayInAddress({ day }: Record<string, unknown>): { day?: string } {
  return typeof day === 'string' ? { day } : {}
}

/** The page each role works on. */
function Home() {
  return <Navigate to={homeOf(useSignedIn())} replace />
}

export function homeOf({ may }: Me): string {
  if (may.includes('takeCalls')) return paths.desk()
  if (may.includes('changeFlows')) return paths.flows()
  if (may.includes('seeAgents')) return paths.wallboard()
  if (may.includes('seeAllCalls')) return paths.calls()
  return paths.appeals()
}

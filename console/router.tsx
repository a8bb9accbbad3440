/** Which page stands at which address, and for whom. */
import { createRootRoute, createRoute, createRouter, Navigate, useParams } from '@tanstack/react-router'
import type { Me } from '#contract/staff.ts'
import type { Action } from '#core/staff/permissions.ts'
import {
  AgentDayPage,
  AgentSkillsPage,
  AgentsPage,
  AppealCardPage,
  AppealsPage,
  BreaksPage,
  CalendarPage,
  CallCardPage,
  CallbackSettingsPage,
  CallbacksPage,
  CallsPage,
  CitizenCardPage,
  CitizensPage,
  ClassifierPage,
  ClassifyPage,
  CoursePage,
  CoursesPage,
  DeskPage,
  DiallingPage,
  DispatchPage,
  DocumentTemplatesPage,
  EditKnowledgePage,
  FlowEditorPage,
  FlowsPage,
  ImportPage,
  InformationPage,
  KnowledgeItemPage,
  KnowledgePage,
  MissesPage,
  MyCoursePage,
  MyCoursesPage,
  MyDayPage,
  NewCitizenPage,
  NewCoursePage,
  NewKnowledgePage,
  OneIdPage,
  OrganisationPage,
  OutcomesPage,
  PeoplePage,
  PersonPage,
  PortalPage,
  QueuePage,
  QueuesPage,
  ReadyMessagesPage,
  RecordingRequestsPage,
  ScriptPage,
  SettingsPage,
  SigningPage,
  SmsPage,
  TrunksPage,
  WallboardPage,
} from './lazy-pages.ts'
import { MayOnly } from './MayOnly.tsx'
import { useSignedIn } from './me.ts'
import { NotFoundPage } from './NotFoundPage.tsx'
import { paths } from './paths.ts'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

/** What stands behind the question mark: what is not understood is left out. */
type InAddress = (asked: Record<string, unknown>) => Record<string, string | number>

/** A page for those who may do one of these. */
function pageFor(
  path: string,
  who: Action | readonly Action[] | 'everybody',
  page: React.ReactNode,
  validateSearch: InAddress = () => ({}),
) {
  const component = () =>
    who === 'everybody' ? page : <MayOnly actions={typeof who === 'string' ? [who] : who}>{page}</MayOnly>
  return createRoute({ getParentRoute: () => root, path, component, validateSearch })
}

const routes = [
  createRoute({ getParentRoute: () => root, path: paths.home(), component: Home }),
  pageFor(paths.desk(), 'takeCalls', <DeskPage />),
  pageFor(paths.classify('$id'), 'takeCalls', <WithId page={ClassifyPage} />),
  pageFor(paths.calls(), ['seeOwnCalls', 'seeAllCalls'], <CallsPage />, wordsInAddress),
  pageFor(paths.call('$id'), ['seeOwnCalls', 'seeAllCalls'], <WithId page={CallCardPage} />),
  pageFor(paths.callbacks(), 'seeAllCalls', <CallbacksPage />),
  pageFor(paths.appeals(), 'seeAppeals', <AppealsPage />, appealsInAddress),
  pageFor(paths.appeal('$id'), 'seeAppeals', <WithId page={AppealCardPage} />),
  pageFor(paths.knowledge(), 'everybody', <KnowledgePage />, wordsInAddress),
  pageFor(paths.newKnowledge(), 'editKnowledge', <NewKnowledgePage />),
  pageFor(paths.importKnowledge(), 'editKnowledge', <ImportPage />),
  pageFor(paths.knowledgeMisses(), ['editKnowledge', 'approveKnowledge'], <MissesPage />),
  pageFor(paths.knowledgeItem('$id'), 'everybody', <WithId page={KnowledgeItemPage} />, versionInAddress),
  pageFor(paths.editKnowledge('$id'), 'editKnowledge', <WithId page={EditKnowledgePage} />),
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
  pageFor(paths.citizens(), 'seeCitizens', <CitizensPage />, wordsInAddress),
  pageFor(paths.newCitizen(), 'changeCitizens', <NewCitizenPage />),
  pageFor(paths.citizen('$id'), 'seeCitizens', <WithId page={CitizenCardPage} />),
  pageFor(paths.calendar(), 'changeCalendar', <CalendarPage />),
  pageFor(paths.wallboard(), 'seeAgents', <WallboardPage />),
  pageFor(paths.agents(), 'seeAgents', <AgentsPage />, dayInAddress),
  pageFor(paths.agent('$id'), ['seeAgents', 'takeCalls'], <WithId page={AgentDayPage} />, dayInAddress),
  pageFor(paths.myDay(), 'takeCalls', <MyDayPage />, dayInAddress),
  pageFor(paths.flows(), 'changeFlows', <FlowsPage />),
  pageFor(paths.flow('$id'), 'changeFlows', <WithId page={FlowEditorPage} />),
  pageFor(paths.queues(), 'changeQueues', <QueuesPage />),
  pageFor(paths.queue('$id'), 'changeQueues', <WithId page={QueuePage} />),
  pageFor(paths.agentSkills(), 'changeQueues', <AgentSkillsPage />),
  pageFor(paths.people(), 'changeStaff', <PeoplePage />),
  pageFor(paths.person('$id'), 'changeStaff', <WithId page={PersonPage} />),
  pageFor(paths.settings(), 'changeStaff', <SettingsPage />),
  pageFor(paths.breaks(), 'changeStaff', <BreaksPage />),
  pageFor(paths.outcomes(), 'changeStaff', <OutcomesPage />),
  pageFor(paths.readyMessages(), 'changePortal', <ReadyMessagesPage />),
  pageFor(paths.classifier(), 'changeClassifier', <ClassifierPage />),
  pageFor(paths.documentTemplates(), 'changeDispatch', <DocumentTemplatesPage />),
  pageFor(paths.portal(), 'changePortal', <PortalPage />),
  pageFor(paths.oneId(), 'changePortal', <OneIdPage />),
  pageFor(paths.sms(), 'changePortal', <SmsPage />),
  pageFor(paths.signing(), 'changeDispatch', <SigningPage />),
  pageFor(paths.dispatch(), 'changeDispatch', <DispatchPage />),
  pageFor(paths.recordingRequests(), 'giveOutRecordings', <RecordingRequestsPage />),
  pageFor(paths.trunks(), 'changeTrunks', <TrunksPage />),
]

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent' })

function WithId({ page: Page }: { page: React.ComponentType<{ id: string }> }) {
  const { id } = useParams({ strict: false }) as { id: string }
  // A new card starts from nothing: no player or form of the one before.
  return <Page key={id} id={id} />
}

function wordsInAddress({ search }: Record<string, unknown>): Record<string, string> {
  return typeof search === 'string' ? { search } : {}
}

function versionInAddress({ version }: Record<string, unknown>): Record<string, number> {
  return typeof version === 'number' ? { version } : {}
}

function appealsInAddress(asked: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    ['search', 'list', 'status'].flatMap((name) => {
      const told = asked[name]
      return typeof told === 'string' ? [[name, told]] : []
    }),
  )
}

function dayInAddress({ day }: Record<string, unknown>): Record<string, string> {
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

/** Every page, loaded when it is first opened. */
import { lazyRouteComponent } from '@tanstack/react-router'

export const DeskPage = lazyRouteComponent(() => import('./pages/desk/DeskPage.tsx'), 'DeskPage')
export const ClassifyPage = lazyRouteComponent(() => import('./pages/desk/ClassifyPage.tsx'), 'ClassifyPage')
export const CallsPage = lazyRouteComponent(() => import('./pages/calls/CallsPage.tsx'), 'CallsPage')
export const CallCardPage = lazyRouteComponent(() => import('./pages/calls/CallCardPage.tsx'), 'CallCardPage')
export const CallbacksPage = lazyRouteComponent(
  () => import('./pages/callbacks/CallbacksPage.tsx'),
  'CallbacksPage',
)
export const AppealsPage = lazyRouteComponent(() => import('./pages/appeals/AppealsPage.tsx'), 'AppealsPage')
export const AppealCardPage = lazyRouteComponent(
  () => import('./pages/appeals/AppealCardPage.tsx'),
  'AppealCardPage',
)
export const KnowledgePage = lazyRouteComponent(
  () => import('./pages/knowledge/KnowledgePage.tsx'),
  'KnowledgePage',
)
export const KnowledgeItemPage = lazyRouteComponent(
  () => import('./pages/knowledge/KnowledgeItemPage.tsx'),
  'KnowledgeItemPage',
)
export const ImportPage = lazyRouteComponent(() => import('./pages/knowledge/ImportPage.tsx'), 'ImportPage')
export const MissesPage = lazyRouteComponent(() => import('./pages/knowledge/MissesPage.tsx'), 'MissesPage')
export const NewKnowledgePage = lazyRouteComponent(
  () => import('./pages/knowledge/EditKnowledgePage.tsx'),
  'NewKnowledgePage',
)
export const EditKnowledgePage = lazyRouteComponent(
  () => import('./pages/knowledge/EditKnowledgePage.tsx'),
  'EditKnowledgePage',
)
export const CitizensPage = lazyRouteComponent(
  () => import('./pages/citizens/CitizensPage.tsx'),
  'CitizensPage',
)
export const NewCitizenPage = lazyRouteComponent(
  () => import('./pages/citizens/NewCitizenPage.tsx'),
  'NewCitizenPage',
)
export const CitizenCardPage = lazyRouteComponent(
  () => import('./pages/citizens/CitizenCardPage.tsx'),
  'CitizenCardPage',
)
export const CalendarPage = lazyRouteComponent(
  () => import('./pages/calendar/CalendarPage.tsx'),
  'CalendarPage',
)
export const WallboardPage = lazyRouteComponent(
  () => import('./pages/wallboard/WallboardPage.tsx'),
  'WallboardPage',
)
export const AgentsPage = lazyRouteComponent(() => import('./pages/agents/AgentsPage.tsx'), 'AgentsPage')
export const AgentDayPage = lazyRouteComponent(
  () => import('./pages/agents/AgentDayPage.tsx'),
  'AgentDayPage',
)
export const MyDayPage = lazyRouteComponent(() => import('./pages/agents/AgentDayPage.tsx'), 'MyDayPage')
export const FlowsPage = lazyRouteComponent(() => import('./pages/flows/FlowsPage.tsx'), 'FlowsPage')
export const FlowEditorPage = lazyRouteComponent(
  () => import('./pages/flows/FlowEditorPage.tsx'),
  'FlowEditorPage',
)
export const QueuesPage = lazyRouteComponent(() => import('./pages/queues/QueuesPage.tsx'), 'QueuesPage')
export const QueuePage = lazyRouteComponent(() => import('./pages/queues/QueuePage.tsx'), 'QueuePage')
export const AgentSkillsPage = lazyRouteComponent(
  () => import('./pages/queues/AgentSkillsPage.tsx'),
  'AgentSkillsPage',
)
export const PeoplePage = lazyRouteComponent(() => import('./pages/staff/PeoplePage.tsx'), 'PeoplePage')
export const PersonPage = lazyRouteComponent(() => import('./pages/staff/PersonPage.tsx'), 'PersonPage')
export const SettingsPage = lazyRouteComponent(
  () => import('./pages/settings/SettingsPage.tsx'),
  'SettingsPage',
)
export const BreaksPage = lazyRouteComponent(() => import('./pages/settings/BreaksPage.tsx'), 'BreaksPage')
export const OneIdPage = lazyRouteComponent(() => import('./pages/settings/OneIdPage.tsx'), 'OneIdPage')
export const SmsPage = lazyRouteComponent(() => import('./pages/settings/SmsPage.tsx'), 'SmsPage')
export const PortalPage = lazyRouteComponent(() => import('./pages/portal/PortalPage.tsx'), 'PortalPage')
export const RecordingRequestsPage = lazyRouteComponent(
  () => import('./pages/portal/RecordingRequestsPage.tsx'),
  'RecordingRequestsPage',
)
export const ReadyMessagesPage = lazyRouteComponent(
  () => import('./pages/settings/ReadyMessagesPage.tsx'),
  'ReadyMessagesPage',
)
export const OutcomesPage = lazyRouteComponent(
  () => import('./pages/settings/OutcomesPage.tsx'),
  'OutcomesPage',
)
export const ClassifierPage = lazyRouteComponent(
  () => import('./pages/settings/ClassifierPage.tsx'),
  'ClassifierPage',
)
export const DocumentTemplatesPage = lazyRouteComponent(
  () => import('./pages/settings/DocumentTemplatesPage.tsx'),
  'DocumentTemplatesPage',
)
export const SigningPage = lazyRouteComponent(() => import('./pages/settings/SigningPage.tsx'), 'SigningPage')
export const DispatchPage = lazyRouteComponent(
  () => import('./pages/settings/DispatchPage.tsx'),
  'DispatchPage',
)
export const CoursesPage = lazyRouteComponent(() => import('./pages/learning/CoursesPage.tsx'), 'CoursesPage')
export const NewCoursePage = lazyRouteComponent(
  () => import('./pages/learning/CoursePage.tsx'),
  'NewCoursePage',
)
export const CoursePage = lazyRouteComponent(() => import('./pages/learning/CoursePage.tsx'), 'CoursePage')
export const MyCoursesPage = lazyRouteComponent(
  () => import('./pages/learning/MyCoursesPage.tsx'),
  'MyCoursesPage',
)
export const MyCoursePage = lazyRouteComponent(
  () => import('./pages/learning/MyCoursePage.tsx'),
  'MyCoursePage',
)
export const ScriptPage = lazyRouteComponent(() => import('./pages/scripts/ScriptPage.tsx'), 'ScriptPage')
export const TrunksPage = lazyRouteComponent(() => import('./pages/settings/TrunksPage.tsx'), 'TrunksPage')
export const OrganisationPage = lazyRouteComponent(
  () => import('./pages/settings/OrganisationPage.tsx'),
  'OrganisationPage',
)
export const DiallingPage = lazyRouteComponent(
  () => import('./pages/settings/DiallingPage.tsx'),
  'DiallingPage',
)
export const CallbackSettingsPage = lazyRouteComponent(
  () => import('./pages/settings/CallbackSettingsPage.tsx'),
  'CallbackSettingsPage',
)
export const InformationPage = lazyRouteComponent(
  () => import('./pages/settings/InformationPage.tsx'),
  'InformationPage',
)

/** Every request the console makes, typed by the contract. */
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  AgentDay,
  AgentNow,
  AgentTime,
  CallToClassify,
  OutcomeSettings,
  WrapUpDraft,
} from '#contract/agents.ts'
import type { AlarmRow } from '#contract/alarms.ts'
import type {
  AppealCard,
  AppealList,
  AppealRow,
  DecideLink,
  MoveAppeal,
  RegisterAppeal,
} from '#contract/appeals.ts'
import type { CalendarCard, SaveCalendar, SavedCalendar } from '#contract/calendar.ts'
import type { CallbackRow } from '#contract/callbacks.ts'
import type {
  CallCard,
  CallRow,
  ConsultWith,
  Desk,
  TransferTargets,
  TransferTo,
  WrapUp,
} from '#contract/calls.ts'
import type {
  AddCitizen,
  ChangeCitizen,
  CitizenCard,
  CitizenRow,
  DocumentName,
  JudgeNumber,
  MergeCitizens,
  OpenedDocument,
} from '#contract/citizens.ts'
import type { FlowCard, FlowRow, PromptRow } from '#contract/flows.ts'
import type { Topic } from '#contract/knowledge.ts'
import type { Wallboard } from '#contract/live.ts'
import type {
  AddSkill,
  AgentSkills,
  ChangeAgentSkills,
  QueueForm,
  QueueRow,
  QueueVersion,
} from '#contract/queues.ts'
import type { ScriptVersion } from '#contract/scripts.ts'
import type { Me, PhoneAccess, SignIn } from '#contract/staff.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { PhoneMode } from '#core/calls/call.ts'
import { tashkentDay } from '#core/lib/time.ts'
import type { InterfaceLanguage } from './i18n.ts'
import { query, request, RequestProblem } from './request.ts'
import { serverNow } from './server-clock.ts'

const PAGE_ROWS = 50
/** Agents' days are looked at, not lived by: a while is soon enough. */
const KEPT_ASKED_AGAIN_AFTER_MS = 2_000
const DAYS_ASKED_EVERY_MS = 30_000

export const keys = {
  me: ['me'],
  desk: ['desk'],
  targets: ['targets'],
  wallboard: ['wallboard'],
  agentTime: ['agentTime'],
  outcomes: ['outcomes'],
  topics: ['topics'],
  agents: ['agents'],
  agentDays: (day: string, agent?: string) => ['agentDays', day, agent ?? 'all'],
  toClassify: ['toClassify'],
  calls: ['calls'],
  call: (id: string) => ['call', id],
  callbacks: ['callbacks'],
  appeals: ['appeals'],
  appeal: (id: string) => ['appeal', id],
  citizens: ['citizens'],
  citizen: (id: string) => ['citizen', id],
  calendar: ['calendar'],
  alarms: ['alarms'],
  flows: ['flows'],
  prompts: ['prompts'],
  queues: ['queues'],
  queueVersions: (queue: string) => ['queues', queue, 'versions'],
  agentSkills: ['agent-skills'],
} as const

// Signing in ------------------------------------------------------------------

/** Who is signed in; null for nobody. */
export const useMe = () =>
  useQuery({
    queryKey: keys.me,
    queryFn: async () => {
      try {
        return await request<Me>('GET', '/me')
      } catch (error) {
        if (error instanceof RequestProblem && error.code === 'notSignedIn') return null
        throw error
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ picked, ...signIn }: SignIn & { picked: InterfaceLanguage | undefined }) => {
      const me = await request<Me>('POST', '/sign-in', signIn)
      if (picked && picked !== me.interfaceLanguage) await changeMyLanguage(picked)
      return { ...me, interfaceLanguage: picked ?? me.interfaceLanguage }
    },
    onSuccess: (me) => client.setQueryData(keys.me, me),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('POST', '/sign-out', {}),
    onSuccess: () => forgetEverything(client),
  })
}

/** What one person saw is not kept for the next who signs in at the same desk. */
export function forgetEverything(client: QueryClient): void {
  client.setQueryData(keys.me, null)
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] })
}

export const changeMyLanguage = (interfaceLanguage: InterfaceLanguage) =>
  request<Me | undefined>('PATCH', '/me', { interfaceLanguage })

// The agent's desk --------------------------------------------------------------

export const useDesk = (enabled = true) =>
  useQuery({
    queryKey: keys.desk,
    queryFn: ({ client }) => askForDesk(client, () => request<Desk>('GET', '/desk')),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })

/**
 * The answer to a request may be overtaken by the live stream: what the stream told in the meantime counts. The times
 * in them do not decide it: two changes of one millisecond have the same, and a clock that is set back has older ones.
 */
export async function askForDesk(client: QueryClient, ask: () => Promise<Desk>): Promise<Desk> {
  const known = client.getQueryData<Desk>(keys.desk)
  const asked = await ask()
  const told = client.getQueryData<Desk>(keys.desk)
  return told && told !== known ? told : asked
}

/** The live stream tells in order. */
export function putDesk(client: QueryClient, desk: Desk): void {
  const before = client.getQueryData<Desk>(keys.desk)
  client.setQueryData<Desk>(keys.desk, desk)
  // A call that has gone from the desk may have gone unclassified.
  if (before?.call && !desk.call) void client.invalidateQueries({ queryKey: keys.toClassify })
}

export const fetchPhoneAccess = (mode: PhoneMode = 'alwaysOn') =>
  request<PhoneAccess>('POST', '/desk/phone', { mode })
/** Whether the server has a line for this agent, in whichever window. */
export const lineIsUp = async () => (await request<Desk>('GET', '/desk')).line !== 'down'
export const proveLine = (packetsReceived: number) =>
  request<void>('POST', '/desk/line-proven', { packetsReceived })

export type DeskCommand =
  | { do: 'becomeAvailable' }
  | { do: 'takeBreak'; reason: string }
  | { do: 'withdrawNext' | 'moreTime' }
  | { do: 'signOff' }
  | { do: 'accept' | 'decline'; offer: string }
  | { do: 'hold' | 'resume' | 'endCall' }
  | { do: 'mute'; muted: boolean }
  | { do: 'sendDigits'; digits: string }
  | { do: 'transfer'; to: TransferTo }
  | { do: 'consult'; with: ConsultWith }
  | { do: 'returnToQueue' | 'endConsult' | 'confer' | 'handOver' | 'stopHelping' }
  | { do: 'finishWrapUp'; wrapUp: WrapUp; thenBreak: boolean }

export function useDeskCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendDeskCommand,
    // The live stream tells it too; asking as well heals a stream that is just being lost.
    onSettled: () => void client.invalidateQueries({ queryKey: keys.desk }),
  })
}

function sendDeskCommand(command: DeskCommand): Promise<unknown> {
  switch (command.do) {
    case 'becomeAvailable':
      return request('POST', '/desk/available', {})
    case 'takeBreak':
      return request('POST', '/desk/break', { reason: command.reason })
    case 'withdrawNext':
      return request('DELETE', '/desk/next')
    case 'moreTime':
      return request('POST', '/desk/call/more-time', {})
    case 'signOff':
      return request('POST', '/desk/sign-off', {})
    case 'accept':
    case 'decline':
      return request('POST', `/desk/offers/${command.offer}/${command.do}`, {})
    case 'hold':
    case 'resume':
      return request('POST', `/desk/call/${command.do}`, {})
    case 'endCall':
      return request('POST', '/desk/call/end', {})
    case 'mute':
      return request('POST', '/desk/call/mute', { muted: command.muted })
    case 'sendDigits':
      return request('POST', '/desk/call/digits', { digits: command.digits })
    case 'transfer':
      return request('POST', '/desk/call/transfer', command.to)
    case 'consult':
      return request('POST', '/desk/call/consult', command.with)
    case 'finishWrapUp':
      return request('POST', `/desk/call/wrap-up${command.thenBreak ? '?then=break' : ''}`, command.wrapUp)
    default:
      return request('POST', HAND_OVER_PATHS[command.do], {})
  }
}

const HAND_OVER_PATHS = {
  returnToQueue: '/desk/call/return',
  endConsult: '/desk/call/consult/end',
  confer: '/desk/call/conference',
  handOver: '/desk/call/hand-over',
  stopHelping: '/desk/call/stop-helping',
} as const

/** Who is free changes while one chooses. */
const TARGETS_ASKED_EVERY_MS = 2_000

export const useTransferTargets = () =>
  useQuery({
    queryKey: keys.targets,
    queryFn: () => request<TransferTargets>('GET', '/desk/targets'),
    refetchInterval: TARGETS_ASKED_EVERY_MS,
  })

// Calls to classify -----------------------------------------------------------------

export const useCallsToClassify = () =>
  useQuery({
    queryKey: keys.toClassify,
    queryFn: () => request<CallToClassify[]>('GET', '/desk/to-classify'),
  })

export function useClassify() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ call, wrapUp }: { call: string; wrapUp: WrapUp }) =>
      request<void>('POST', `/desk/to-classify/${call}`, wrapUp),
    // It is written a moment later; until then the list would still show it.
    onSuccess: (_done, { call }) =>
      client.setQueryData<CallToClassify[]>(keys.toClassify, (calls) =>
        calls?.filter(({ id }) => id !== call),
      ),
  })
}

/** What the server has of a form that this tab knows nothing of. */
export const useKeptDraft = (call: string, enabled: boolean) =>
  useQuery({
    queryKey: ['draft', call],
    queryFn: () => request<WrapUpDraft | null>('GET', `/desk/drafts/${call}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Another window of his may just be sending what was typed there last.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 2 ? KEPT_ASKED_AGAIN_AFTER_MS : false),
    enabled,
  })

export const keepDraft = (call: string, draft: WrapUpDraft) =>
  request<void>('PUT', `/desk/drafts/${call}`, draft)

// Agents' time ----------------------------------------------------------------------

export const useAgentTime = () =>
  useQuery({
    queryKey: keys.agentTime,
    queryFn: () => request<AgentTime>('GET', '/agent-time'),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useOutcomes = () =>
  useQuery({
    queryKey: keys.outcomes,
    queryFn: () => request<OutcomeSettings>('GET', '/call-outcomes'),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useAgents = () =>
  useQuery({ queryKey: keys.agents, queryFn: () => request<AgentNow[]>('GET', '/agents') })

export const useAgentDays = (day: string) =>
  useQuery({
    queryKey: keys.agentDays(day),
    queryFn: () => request<AgentDay[]>('GET', `/agents/timeline${query({ day })}`),
    placeholderData: (before) => before,
    refetchInterval: refreshedIfToday(day),
  })

export const useAgentDay = (agent: string, day: string) =>
  useQuery({
    queryKey: keys.agentDays(day, agent),
    queryFn: () => request<AgentDay>('GET', `/agents/${agent}/timeline${query({ day })}`),
    refetchInterval: refreshedIfToday(day),
  })

/** A day that is over changes no more. */
const refreshedIfToday = (day: string) => (day === tashkentDay(serverNow()) ? DAYS_ASKED_EVERY_MS : false)

export type ManageAgent = { agent: string } & (
  | { do: 'break'; reason: string }
  | { do: 'available' | 'sign-off' | 'break/approve' | 'break/refuse' }
)

export function useManageAgent() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ agent, ...order }: ManageAgent) =>
      request<void>(
        'POST',
        `/agents/${agent}/${order.do}`,
        order.do === 'break' ? { reason: order.reason } : {},
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.agents })
      void client.invalidateQueries({ queryKey: ['agentDays'] })
    },
  })
}

// Calls ---------------------------------------------------------------------------

export const useCalls = (search: string) =>
  useInfiniteQuery({
    queryKey: [...keys.calls, search],
    queryFn: ({ pageParam }) =>
      request<CallRow[]>('GET', `/calls${query({ before: pageParam, limit: PAGE_ROWS, search })}`),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.length < PAGE_ROWS ? undefined : page.at(-1)?.arrivedAt),
  })

export const useCall = (id: string) =>
  useQuery({ queryKey: keys.call(id), queryFn: () => request<CallCard>('GET', `/calls/${id}`) })

export const recordingAddress = (call: string) => `/api/calls/${call}/recording`

// Callbacks -----------------------------------------------------------------------

export const useCallbacks = () =>
  useQuery({ queryKey: keys.callbacks, queryFn: () => request<CallbackRow[]>('GET', '/callbacks') })

export function useCancelCallback() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>('POST', `/callbacks/${id}/cancel`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: keys.callbacks }),
  })
}

// Appeals ---------------------------------------------------------------------------

export type AppealsAsked = { search: string; list: AppealList; status: AppealStatus | undefined }

export const useAppeals = (asked: AppealsAsked) =>
  useInfiniteQuery({
    queryKey: [...keys.appeals, asked],
    queryFn: ({ pageParam }) =>
      request<AppealRow[]>('GET', `/appeals${query({ before: pageParam, limit: PAGE_ROWS, ...asked })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.length < PAGE_ROWS ? undefined : page.at(-1)?.id),
  })

export const useAppeal = (id: string) =>
  useQuery({ queryKey: keys.appeal(id), queryFn: () => request<AppealCard>('GET', `/appeals/${id}`) })

export function useRegisterAppeal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (appeal: RegisterAppeal) => request<AppealCard>('POST', '/appeals', appeal),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.appeals }),
  })
}

export function useMoveAppeal(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (move: MoveAppeal) => request<AppealCard>('POST', `/appeals/${id}/moves`, move),
    onSuccess: (card) => client.setQueryData(keys.appeal(id), card),
    onError: () => client.invalidateQueries({ queryKey: keys.appeal(id) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.appeals }),
  })
}

export function useDecideLink(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decision: DecideLink) => request<AppealCard>('PUT', `/appeals/${id}/links`, decision),
    onSuccess: (card) => client.setQueryData(keys.appeal(id), card),
  })
}

// The calendar ------------------------------------------------------------------------

export const useCalendar = () =>
  useQuery({ queryKey: keys.calendar, queryFn: () => request<CalendarCard>('GET', '/calendar') })

export function useSaveCalendar() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: SaveCalendar) => request<SavedCalendar>('PUT', '/calendar', asked),
    onSuccess: ({ calendar }) => client.setQueryData(keys.calendar, calendar),
  })
}

// Citizens --------------------------------------------------------------------------

export const useCitizens = (search: string, enabled = true) =>
  useQuery({
    queryKey: [...keys.citizens, search],
    queryFn: () => request<CitizenRow[]>('GET', `/citizens${query({ search })}`),
    placeholderData: (before) => before,
    enabled,
  })

export const useCitizen = (id: string, enabled = true) =>
  useQuery({
    queryKey: keys.citizen(id),
    queryFn: () => request<CitizenCard>('GET', `/citizens/${id}`),
    enabled,
  })

export type CitizenCommand =
  | { do: 'add'; citizen: AddCitizen }
  | ({ do: 'change'; id: string } & ChangeCitizen)
  | { do: 'addNumber'; id: string; number: string }
  | ({ do: 'judgeNumber'; id: string } & JudgeNumber)
  | ({ do: 'merge'; id: string } & MergeCitizens)
  | { do: 'split'; id: string; other: string }

/** Each answers with the card as it is then. */
export function useCitizenCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendCitizenCommand,
    onSuccess: (card) => {
      client.setQueryData(keys.citizen(card.id), card)
      void client.invalidateQueries({ queryKey: keys.citizens })
    },
    // Refused because somebody was quicker: his card is what has to be seen now.
    onError: (_problem, command) => {
      if ('id' in command) void client.invalidateQueries({ queryKey: keys.citizen(command.id) })
    },
  })
}

function sendCitizenCommand(command: CitizenCommand): Promise<CitizenCard> {
  switch (command.do) {
    case 'add':
      return request('POST', '/citizens', command.citizen)
    case 'change': {
      const { basedOn, fields } = command
      return request('PUT', `/citizens/${command.id}`, { basedOn, fields })
    }
    case 'addNumber':
      return request('POST', `/citizens/${command.id}/numbers`, { number: command.number })
    case 'judgeNumber': {
      const { number, action } = command
      return request('POST', `/citizens/${command.id}/numbers/judge`, { number, action })
    }
    case 'merge': {
      const { other, basedOn, otherBasedOn } = command
      return request('POST', `/citizens/${command.id}/merge`, { other, basedOn, otherBasedOn })
    }
    case 'split':
      return request('POST', `/citizens/${command.id}/split`, { other: command.other })
  }
}

/** In full; the server writes down who asked. It is not kept here. */
export const openDocument = async (id: string, document: DocumentName) =>
  (await request<OpenedDocument>('POST', `/citizens/${id}/open-document`, { document })).value

// Knowledge ---------------------------------------------------------------------------

export const useTopics = () =>
  useQuery({
    queryKey: keys.topics,
    queryFn: () => request<Topic[]>('GET', '/topics'),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Whoever opens the console anew has a script that was changed meanwhile. */
export const useScript = () =>
  useQuery({
    queryKey: ['script'],
    queryFn: () => request<ScriptVersion>('GET', '/script'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })

// Watching -------------------------------------------------------------------------------

/** Filled by the live stream alone. */
export const useWallboard = () => useQuery<Wallboard>({ queryKey: keys.wallboard, enabled: false })

export const useAlarms = (enabled = true) =>
  useQuery({ queryKey: keys.alarms, queryFn: () => request<AlarmRow[]>('GET', '/alarms'), enabled })

export function useResolveAlarm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>('POST', `/alarms/${id}/resolve`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: keys.alarms }),
  })
}

// Flows and prompts ------------------------------------------------------------------------

export const useFlows = () =>
  useQuery({ queryKey: keys.flows, queryFn: () => request<FlowRow[]>('GET', '/flows') })

export const useFlow = (row: { flow: string; version: number } | undefined) =>
  useQuery({
    queryKey: [...keys.flows, row?.flow, row?.version],
    queryFn: () => request<FlowCard>('GET', `/flows/${row?.flow}/${row?.version}`),
    enabled: row !== undefined,
  })

export const usePrompts = () =>
  useQuery({ queryKey: keys.prompts, queryFn: () => request<PromptRow[]>('GET', '/prompts') })

/** The moment in the address lets a replaced recording be heard at once. */
export const promptAudioAddress = ({ key, madeAt }: PromptRow) =>
  `/api/prompts/${key}/audio${query({ made: madeAt ?? undefined })}`

export function useReplacePrompt() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ key, recording }: { key: string; recording: File | undefined }) => {
      if (!recording) return request<void>('DELETE', `/prompts/${key}/recording`)
      const form = new FormData()
      form.append('recording', recording)
      return request<void>('POST', `/prompts/${key}/recording`, form)
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.prompts }),
  })
}

// Queues and skills ------------------------------------------------------------------------

export const useQueues = () =>
  useQuery({ queryKey: keys.queues, queryFn: () => request<QueueRow[]>('GET', '/queues') })

export const useQueueVersions = (queue: string) =>
  useQuery({
    queryKey: keys.queueVersions(queue),
    queryFn: () => request<QueueVersion[]>('GET', `/queues/${queue}/versions`),
  })

export type SaveQueue = { queue: string; basedOn: number } & ({ form: QueueForm } | { restore: number })

export function useSaveQueue() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ queue, basedOn, ...what }: SaveQueue) =>
      'form' in what
        ? request<QueueRow>('PUT', `/queues/${queue}`, { basedOn, form: what.form })
        : request<QueueRow>('POST', `/queues/${queue}/versions/${what.restore}/restore`, { basedOn }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.queues }),
  })
}

export const useAgentSkills = () =>
  useQuery({ queryKey: keys.agentSkills, queryFn: () => request<AgentSkills>('GET', '/agent-skills') })

export type SkillCommand =
  | ({ do: 'change' } & ChangeAgentSkills)
  | ({ do: 'add' } & AddSkill)
  | { do: 'remove'; skill: string }

export function useSkillCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendSkillCommand,
    onSuccess: (table) => client.setQueryData(keys.agentSkills, table),
    onError: () => client.invalidateQueries({ queryKey: keys.agentSkills }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.queues }),
  })
}

function sendSkillCommand(command: SkillCommand): Promise<AgentSkills> {
  switch (command.do) {
    case 'change':
      return request('PUT', '/agent-skills', { changes: command.changes })
    case 'add':
      return request('POST', '/skills', { skill: command.skill, names: command.names })
    case 'remove':
      return request('DELETE', `/skills/${command.skill}`)
  }
}

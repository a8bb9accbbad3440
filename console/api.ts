/** The requests the console makes, typed by the contract. */
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { AgentDay, AgentNow, AgentTime, OutcomeSettings } from '#contract/agents.ts'
import type { AlarmRow } from '#contract/alarms.ts'
import type {
  AppealCard,
  AppealList,
  AppealRow,
  AppealsChosen,
  DecideLink,
  MoveAppeal,
  RegisterAppeal,
  RegisteredAppeal,
} from '#contract/appeals.ts'
import type { CalendarCard, SaveCalendar, SavedCalendar } from '#contract/calendar.ts'
import type { CallbackRow } from '#contract/callbacks.ts'
import type { CallCard, CallRow } from '#contract/calls.ts'
import type {
  AddCitizen,
  AddContact,
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
import type { Me, SignIn } from '#contract/staff.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { draftsAreOf } from './draft-memory.ts'
import { inMyOrder, type InterfaceLanguage } from './i18n.ts'
import { query, request, RequestProblem } from './request.ts'
import { serverNow } from './server-clock.ts'

const PAGE_ROWS = 50
/** Agents' days are looked at, not lived by: a while is soon enough. */
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
        const me = await request<Me>('GET', '/me')
        draftsAreOf(me.id)
        return me
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
    onSuccess: (me) => {
      draftsAreOf(me.id)
      client.setQueryData(keys.me, me)
    },
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
  useQuery({
    queryKey: keys.agents,
    queryFn: () => request<AgentNow[]>('GET', '/agents'),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
  })

export const useAgentDays = (day: string) =>
  useQuery({
    queryKey: keys.agentDays(day),
    queryFn: () => request<AgentDay[]>('GET', `/agents/timeline${query({ day })}`),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
    placeholderData: (before) => before,
    refetchInterval: refreshedIfToday(day),
  })

export const useAgentDay = (agent: string, day: string) =>
  useQuery({
    queryKey: keys.agentDays(day, agent),
    queryFn: () => request<AgentDay>('GET', `/agents/${agent}/timeline${query({ day })}`),
    refetchInterval: refreshedIfToday(day),
  })

/** One's own, between two calls: below the key of calls, so what changes one of them has it asked for again. */
export const useMyDay = (me: string, day: string) =>
  useQuery({
    queryKey: [...keys.calls, 'my day', me, day],
    queryFn: () => request<AgentDay>('GET', `/agents/${me}/timeline${query({ day })}`),
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

export type AppealsAsked = { search: string; list: AppealList; status: AppealStatus | undefined } & Partial<
  Pick<AppealsChosen, 'topic' | 'editor' | 'kind' | 'registeredFrom' | 'registeredTo'>
>

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
    mutationFn: (appeal: RegisterAppeal) => request<RegisteredAppeal>('POST', '/appeals', appeal),
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
  | ({ do: 'addContact'; id: string } & AddContact)
  | { do: 'removeContact'; id: string; person: string }

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
    case 'addContact': {
      const { person, role } = command
      return request('POST', `/citizens/${command.id}/contacts`, { person, role })
    }
    case 'removeContact':
      return request('DELETE', `/citizens/${command.id}/contacts/${command.person}`)
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

// Watching -------------------------------------------------------------------------------

/** Filled by the live stream alone. */
export const useWallboard = () =>
  useQuery<Wallboard>({
    queryKey: keys.wallboard,
    enabled: false,
    select: (board) => ({ ...board, agents: inMyOrder(board.agents, ({ name }) => name) }),
  })

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

/** A draft is told by when it was saved. */
export const flowKey = (row: Pick<FlowRow, 'flow' | 'version' | 'savedAt'> | undefined) => [
  ...keys.flows,
  row?.flow,
  row?.version,
  row?.savedAt,
]

export const useFlow = (row: Pick<FlowRow, 'flow' | 'version' | 'savedAt'> | undefined) =>
  useQuery({
    queryKey: flowKey(row),
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

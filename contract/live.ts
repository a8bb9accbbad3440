/**
 * The live stream (server-sent events on /api/live): what changes without being
 * asked for. After a reconnect the first message is the whole state, so nothing
 * is replayed and nothing is missed.
 */
import { z } from 'zod'
import { CallRow, Desk } from './calls.ts'
import { ChatMessage } from './chat.ts'
import { AGENT_STATUSES } from '#core/calls/call.ts'

export const AgentRow = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(AGENT_STATUSES),
  /** Of a break. */
  reason: z.string().nullable(),
  since: z.number(),
  /** A break that lasts longer is marked. */
  limitAt: z.number().nullable(),
  /** What comes when the call is done with. */
  next: z
    .union([z.object({ do: z.literal('leave') }), z.object({ do: z.literal('break'), reason: z.string() })])
    .nullable(),
  /** A break that waits for a supervisor's answer. */
  asks: z.object({ reason: z.string(), since: z.number() }).nullable(),
  line: z.enum(['down', 'up', 'proven']),
})
export type AgentRow = z.infer<typeof AgentRow>

export const Wallboard = z.object({
  agents: z.array(AgentRow),
  waiting: z.array(
    z.object({
      queue: z.string(),
      queueNames: z.object({ uz: z.string(), ru: z.string() }).optional(),
      count: z.number().int(),
      longestSince: z.number().nullable(),
    }),
  ),
  callsInProgress: z.number().int(),
  /** Citizens who are to be called back. */
  callbacks: z.number().int(),
  openAlarms: z.number().int(),
})
export type Wallboard = z.infer<typeof Wallboard>

/** What is chosen from with every call: the classifier, breaks with their limits, outcomes. */
const CHOICES = ['topics', 'agentTime', 'outcomes'] as const

export const LiveMessage = z.discriminatedUnion('type', [
  /** To the agent whose desk it is. */
  z.object({ type: z.literal('desk'), desk: Desk }),
  /** To those who may see all agents, at most once a second. */
  z.object({ type: z.literal('wallboard'), wallboard: Wallboard }),
  /** A call's row was written; to those who may see the call. */
  z.object({ type: z.literal('callChanged'), call: z.uuid(), row: CallRow.optional() }),
  /** Who is to be called back has changed; to those who may see every call, in beats. */
  z.object({ type: z.literal('callbacksChanged') }),
  z.object({ type: z.literal('appealChanged'), appeal: z.uuid() }),
  z.object({ type: z.literal('citizenChanged'), citizen: z.uuid() }),
  /** Courses, or who is attested in them: to those who write courses, and to the agents whom it may touch. */
  z.object({ type: z.literal('learningChanged') }),
  /** An administrator has changed what is chosen from; to everybody. */
  z.object({ type: z.literal('choicesChanged'), of: z.enum(CHOICES) }),
  z.object({
    type: z.literal('signedOut'),
    reason: z.enum(['signedOut', 'elsewhere', 'accessChanged', 'deactivated']),
  }),
  /** A message of the team's chat, as this reader may see it. */
  z.object({ type: z.literal('chatMessage'), message: ChatMessage }),
  /** The reader has read a room, perhaps in another window. */
  z.object({ type: z.literal('chatRead'), room: z.uuid(), upTo: z.number().int() }),
  /** A room was opened that the reader may see. */
  z.object({ type: z.literal('chatRoomsChanged') }),
])
export type LiveMessage = z.infer<typeof LiveMessage>

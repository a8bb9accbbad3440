/** Calls as agents, supervisors and officers see them, and what an agent can do to one. */
import { z } from 'zod'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import {
  AGENT_STATUSES,
  CALL_ENDERS,
  CALL_OUTCOMES,
  CALL_STATUSES,
  OFFER_ENDS,
  PHONE_MODES,
  RECORDING_STATUSES,
} from '#core/calls/call.ts'
import { LEG_ENDS, LEG_ROLES, TALK_STATES } from '#core/calls/talk-moves.ts'
import { CITIZEN_KINDS } from '#core/citizens/citizen-card.ts'
import { NUMBER_STANDINGS } from '#core/citizens/number-standing.ts'
import type { AgentId, QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { CallbackRow } from './callbacks.ts'
import { CallMessage } from './messages.ts'
import { ScriptDone, ScriptRead } from './scripts.ts'
import { TimelineEvent } from './timeline.ts'

/** The last moment that a date can hold (ECMA-262, section 21.4.1.1). */
const LAST_INSTANT_MS = 8.64e15

const Texts = z.object({ uz: z.string(), ru: z.string() })
const TopicCode = z.string().regex(/^\d{2}(\.\d{2}){0,2}$/)

/** A citizen who may be calling: numbers are shared and can be forged, so this is never certainty. */
export const Candidate = z.object({
  id: z.uuid(),
  kind: z.enum(CITIZEN_KINDS),
  name: z.string(),
  /** For whom he calls, and what he is there. */
  contactOf: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.string() })),
  /** Of the number he calls from. */
  standing: z.enum(NUMBER_STANDINGS),
  /** The beginning of it. */
  note: z.string(),
  calls: z.number().int(),
  openAppeals: z.number().int(),
})
export type Candidate = z.infer<typeof Candidate>

/** What is known of a caller while the offer rings and during the call. */
export const CallerCard = z.object({
  call: z.uuid(),
  /** Shown as `+998 90 123 45 67`, or as the trunk sent it; empty when hidden. */
  number: z.string(),
  numberConfidence: z.enum(['high', 'low', 'none']),
  callerName: z.string(),
  language: z.enum(CALL_LANGUAGES),
  queue: z.string(),
  queueNames: Texts,
  topic: z.string().nullable(),
  topicNames: Texts.nullable(),
  path: z.array(z.string()),
  /** What the choices in the path are called, by step. */
  choiceNames: z.record(z.string(), Texts),
  arrivedAt: z.number(),
  queuedAt: z.number(),
  candidates: z.array(Candidate),
  /** What the candidates are still owed a reply to, the most urgent first. */
  openAppeals: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      kind: z.enum(APPEAL_KINDS),
      dueOn: z.string().nullable(),
      citizen: z.uuid(),
    }),
  ),
  /** Calls of the same number in the last 30 days, newest first. */
  earlier: z.array(
    z.object({
      id: z.uuid(),
      arrivedAt: z.number(),
      outcome: z.enum(CALL_OUTCOMES).nullable(),
      topic: z.string().nullable(),
      agentName: z.string().nullable(),
    }),
  ),
})
export type CallerCard = z.infer<typeof CallerCard>

/** The agent's desk at a moment: enough to draw it after a reload. Times are epoch milliseconds. */
export const Desk = z.object({
  status: z.enum(AGENT_STATUSES),
  /** One of the system's, or a code of the organisation's. */
  breakReason: z.string().nullable(),
  statusSince: z.number(),
  /** Until when this is meant to last: a wrap-up ends then, a break is marked. */
  limitAt: z.number().nullable(),
  /** How often this wrap-up was prolonged. */
  extensions: z.number().int(),
  /** Leaves when the call is wrapped up. */
  isLeaving: z.boolean(),
  /** A break that could not begin at once, or the answer to it. */
  breakRequest: z
    .object({
      reason: z.string(),
      status: z.enum(['asked', 'approved', 'refused', 'lapsed']),
      validUntil: z.number().nullable(),
    })
    .nullable(),
  /** In per-call mode `proven` says that the phone has registered. */
  line: z.enum(['down', 'up', 'proven']),
  phoneMode: z.enum(PHONE_MODES),
  offer: z
    .object({
      id: z.string(),
      call: z.uuid(),
      ringsUntil: z.number(),
      /** Nobody is on the line yet; whoever accepts has the citizen called. */
      callback: z.boolean(),
      /** The colleague who asks for help with his call; absent where a caller is offered. */
      askedBy: z.string().optional(),
    })
    .nullable(),
  /** The citizen's phone rings. */
  callingBack: z.object({ since: z.number() }).nullable(),
  call: z
    .object({
      id: z.uuid(),
      /** Since when this agent has a part in it. */
      connectedAt: z.number(),
      state: z.enum(TALK_STATES),
      muted: z.boolean(),
      endedAt: z.number().nullable(),
      /** Whom he consults or helps, and since when. */
      other: z.object({ name: z.string(), since: z.number() }).nullable(),
    })
    .nullable(),
  /** The caller of the offer or of the call. */
  caller: CallerCard.nullable(),
  serverTime: z.number(),
})
export type Desk = z.infer<typeof Desk>

export const SendDigits = z.object({ digits: z.string().regex(/^[0-9*#]{1,32}$/) })
export const Mute = z.object({ muted: z.boolean() })

const NUMBER_MAX_CHARACTERS = 32
const Colleague = z.strictObject({ agent: z.uuid().transform((id) => id as string as AgentId) })
const Outside = z.strictObject({ number: z.string().min(1).max(NUMBER_MAX_CHARACTERS) })
const InQueue = z.strictObject({
  queue: z
    .string()
    .max(64)
    .transform((id) => id as QueueId),
})
export const ConsultWith = z.union([Colleague, Outside])
export type ConsultWith = z.input<typeof ConsultWith>
export const TransferTo = z.union([Colleague, Outside, InQueue])
export type TransferTo = z.input<typeof TransferTo>

/** To whom a call can be given, and who can be asked. */
export const TransferTargets = z.object({
  agents: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      status: z.enum(AGENT_STATUSES),
      /** What he serves. */
      queues: z.array(z.string()),
    }),
  ),
  queues: z.array(
    z.object({ id: z.string(), names: Texts, waiting: z.number().int(), freeAgents: z.number().int() }),
  ),
  /** What numbers outside may begin with; null where this role calls nobody outside. */
  dialling: z.object({ allowed: z.array(z.string()), denied: z.array(z.string()) }).nullable(),
})
export type TransferTargets = z.infer<typeof TransferTargets>

/** Of a call: a whole pasted letter. */
export const NOTE_MAX_CHARACTERS = 102_400

export const WrapUp = z.object({
  outcome: z.enum(CALL_OUTCOMES),
  topics: z.array(TopicCode).min(1).max(5),
  note: z.string().max(NOTE_MAX_CHARACTERS),
  citizen: z.uuid().nullable().optional(),
  /** What was ticked of the guided script. */
  script: ScriptDone.nullable().optional(),
})
export type WrapUp = z.infer<typeof WrapUp>

export const CallRow = z.object({
  id: z.uuid(),
  arrivedAt: z.number(),
  number: z.string(),
  status: z.enum(CALL_STATUSES),
  language: z.enum(CALL_LANGUAGES).nullable(),
  queue: z.string().nullable(),
  /** Absent where the call reached no queue. */
  queueNames: Texts.optional(),
  topic: z.string().nullable(),
  agentName: z.string().nullable(),
  waitSeconds: z.number().nullable(),
  talkSeconds: z.number().nullable(),
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  lostReason: z.string().nullable(),
  recording: z.enum(RECORDING_STATUSES).nullable(),
})
export type CallRow = z.infer<typeof CallRow>

export const CallsQuery = z.object({
  before: z.coerce.number().int().min(0).max(LAST_INSTANT_MS).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  search: z.string().max(100).optional(),
})

export const CallCard = CallRow.extend({
  /** The calls before and after this one in the same matter, e.g. the one in which the citizen was called back. */
  previous: z.uuid().nullable(),
  next: z.uuid().nullable(),
  callerRaw: z.string(),
  callerName: z.string(),
  did: z.string(),
  trunk: z.string().nullable(),
  path: z.array(z.string()),
  /** What the choices in the path are called, by step. */
  choiceNames: z.record(z.string(), Texts),
  keys: z.string(),
  answeredAt: z.number().nullable(),
  queuedAt: z.number().nullable(),
  connectedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endedBy: z.enum(CALL_ENDERS).nullable(),
  holdSeconds: z.number().nullable(),
  note: z.string().nullable(),
  topics: z.array(z.object({ code: z.string(), names: Texts })),
  citizen: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  offers: z.array(
    z.object({
      agentName: z.string(),
      offeredAt: z.number(),
      endedAt: z.number().nullable(),
      endedAs: z.enum(OFFER_ENDS).nullable(),
    }),
  ),
  talk: z.array(z.object({ startedAt: z.number(), endedAt: z.number().nullable(), agentName: z.string() })),
  /** The parts of the call, each with its own wrap-up where an agent had one. */
  legs: z.array(
    z.object({
      /** The agent, or the number outside. */
      name: z.string(),
      role: z.enum(LEG_ROLES),
      startedAt: z.number(),
      endedAt: z.number().nullable(),
      endedAs: z.enum(LEG_ENDS).nullable(),
      /** Of it, he and the citizen heard each other. */
      talkSeconds: z.number(),
      outcome: z.enum(CALL_OUTCOMES).nullable(),
      note: z.string().nullable(),
      topics: z.array(z.object({ code: z.string(), names: Texts })),
      script: ScriptRead.nullable(),
    }),
  ),
  recordingCard: z
    .object({
      status: z.enum(RECORDING_STATUSES),
      startedAt: z.number(),
      seconds: z.number().nullable(),
      gapSeconds: z.number().nullable(),
      /** Loudness per slice, 0 … 1, for the picture of each side. */
      peaks: z.object({ citizen: z.array(z.number()), agent: z.array(z.number()) }).nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  appeals: z.array(z.object({ id: z.uuid(), number: z.string() })),
  /** What whoever called was promised in it, the latest first. */
  callbacks: z.array(CallbackRow),
  /** What agents have sent to its number. */
  messages: z.array(CallMessage),
  timeline: z.array(TimelineEvent),
})
export type CallCard = z.infer<typeof CallCard>

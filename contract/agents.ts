/** Agents' time: the rules of breaks and wrap-up, who does what now, and a day as it went. */
import { z } from 'zod'
import { STATUS_CAUSES } from '#core/calls/agent-status.ts'
import { BREAK_CODE } from '#core/calls/break-reasons.ts'
import { AGENT_STATUSES, CALL_OUTCOMES } from '#core/calls/call.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { DRAFT_MAX_CHARACTERS, ScriptDraft } from './scripts.ts'

/** Longer than any of them may be: what is too long is told by its row. */
const FIELD_MAX_CHARACTERS = 400
const ROWS_MAX = 100
const Text = z.string().max(FIELD_MAX_CHARACTERS)
const Texts = z.object({ uz: Text, ru: Text })
const BreakCode = z.string().regex(BREAK_CODE)
const Typed = z.string().max(DRAFT_MAX_CHARACTERS)

/** The shape only; whether it makes sense is for core/calls/check-agent-time.ts. */
export const BreakReasonRow = z.object({
  code: z.string().max(FIELD_MAX_CHARACTERS),
  names: Texts,
  paid: z.boolean(),
  limitMinutes: z.number().nullable(),
  needsApproval: z.boolean(),
})
export type BreakReasonRow = z.infer<typeof BreakReasonRow>

/** What the organisation allows. */
export const AgentTime = z.object({
  /** When it was changed last; sent back with a change, so that another one meanwhile is not overwritten. */
  changedAt: z.number().nullable(),
  wrapUpSeconds: z.number(),
  wrapUpExtensionsMax: z.number(),
  wrapUpExtensionSeconds: z.number(),
  breakApprovalMinutes: z.number(),
  breaks: z.array(BreakReasonRow).max(ROWS_MAX),
  /** Names of breaks that were taken out of use, for the days they were taken on. Not changed by sending them. */
  earlierBreaks: z.array(z.object({ code: z.string(), names: Texts })).max(1_000),
})
export type AgentTime = z.infer<typeof AgentTime>

const OutcomeRow = z.object({
  outcome: z.enum(CALL_OUTCOMES),
  /** Null: the system's own word in the reader's language. */
  names: Texts.nullable(),
  isOffered: z.boolean(),
})

/** GET /api/call-outcomes, in the order in which they are shown. */
export const OutcomeSettings = z.object({ changedAt: z.number().nullable(), outcomes: z.array(OutcomeRow) })
export type OutcomeSettings = z.infer<typeof OutcomeSettings>

/** PUT /api/call-outcomes. `basedOn`: the `changedAt` that was read. */
export const SaveOutcomes = z.strictObject({
  basedOn: z.number().nullable(),
  outcomes: z.array(OutcomeRow).max(CALL_OUTCOMES.length),
})
export type SaveOutcomes = z.infer<typeof SaveOutcomes>

export const AskForBreak = z.object({ reason: BreakCode })

/** A call of the agent's that has ended and is not classified yet. */
export const CallToClassify = z.object({
  id: z.uuid(),
  number: z.string(),
  language: z.enum(CALL_LANGUAGES).nullable(),
  topic: z.string().nullable(),
  connectedAt: z.number(),
  endedAt: z.number(),
  hasDraft: z.boolean(),
})
export type CallToClassify = z.infer<typeof CallToClassify>

/** What is filled in about a call and not sent yet; as the form keeps it, also where it has to be shortened first. */
export const WrapUpDraft = z.object({
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  topics: z.array(z.string().max(16)).max(5),
  note: Typed,
  citizen: z.uuid().nullable(),
  appeal: z
    .object({
      requestKey: z.uuid(),
      kind: z.string().max(32).nullable(),
      citizenName: Typed,
      /** He does not say who he is. */
      isAnonymous: z.boolean().optional(),
      /** As it was typed; null where he wants no message. */
      telephone: Typed.nullable().optional(),
      text: Typed,
    })
    .nullable(),
  registered: z
    .array(z.object({ id: z.uuid(), number: z.string().max(64), dueOn: z.string().max(10).nullable() }))
    .max(20),
  /** Absent in drafts from before there were scripts. */
  script: ScriptDraft.optional(),
})
export type WrapUpDraft = z.infer<typeof WrapUpDraft>

/** Who is on the list of agents, and what he does now. */
export const AgentNow = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(AGENT_STATUSES),
  reason: z.string().nullable(),
  since: z.number().nullable(),
  limitAt: z.number().nullable(),
  line: z.enum(['down', 'up', 'proven']),
  callsToClassify: z.number().int(),
})
export type AgentNow = z.infer<typeof AgentNow>

export const AgentInterval = z.object({
  status: z.enum(AGENT_STATUSES),
  reason: z.string().nullable(),
  startedAt: z.number(),
  /** Null while it lasts. */
  endedAt: z.number().nullable(),
  limitAt: z.number().nullable(),
  /** Null in rows from before causes were kept. */
  cause: z.enum(STATUS_CAUSES).nullable(),
  byName: z.string().nullable(),
  call: z.uuid().nullable(),
})
export type AgentInterval = z.infer<typeof AgentInterval>

/** A day of an agent: every interval that touches it, whole. */
export const AgentDay = z.object({
  id: z.uuid(),
  name: z.string(),
  intervals: z.array(AgentInterval),
})
export type AgentDay = z.infer<typeof AgentDay>

export const DayQuery = z.object({ day: z.iso.date() })

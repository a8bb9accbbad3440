/**
 * How long an agent's statuses may last, and what he turns to when a call is done
 * with. The organisation sets the limits; a wrap-up that reaches its own is ended,
 * a break that does is only marked.
 */
import type { Instant } from '#core/lib/time.ts'
import type { BreakRule } from './break-reasons.ts'
import { type BreakRequest, isReady } from './break-request.ts'
import type { AgentStatus, BreakReason } from './call.ts'

export type AgentTimeLimits = {
  readonly wrapUpSeconds: number
  /** So often an agent may prolong one wrap-up, each time by so much. */
  readonly wrapUpExtensionsMax: number
  readonly wrapUpExtensionSeconds: number
  /** How long a supervisor may think about a break, and how long his yes is good for. */
  readonly breakApprovalMinutes: number
}

export const DEFAULT_AGENT_TIME: AgentTimeLimits = {
  wrapUpSeconds: 60,
  wrapUpExtensionsMax: 2,
  wrapUpExtensionSeconds: 60,
  breakApprovalMinutes: 30,
}

export type AgentTimeRules = AgentTimeLimits & { readonly breaks: readonly BreakRule[] }

type Spell = {
  readonly status: AgentStatus
  readonly reason: BreakReason | undefined
  readonly since: Instant
}

/** When the status that begins now reaches its limit; nothing where it has none. */
export function limitAt(rules: AgentTimeRules, { status, reason, since }: Spell): Instant | undefined {
  if (status === 'wrapUp') return since + rules.wrapUpSeconds * 1000
  if (status !== 'onBreak') return undefined
  const minutes = rules.breaks.find(({ code }) => code === reason)?.limitMinutes
  return minutes === undefined ? undefined : since + minutes * 60_000
}

type WrapUpTime = { readonly limitAt: Instant | undefined; readonly extensions: number }

/** A wrap-up's limit and count after one more extension; nothing if there is none left. */
export function extended(
  rules: AgentTimeLimits,
  { limitAt: until, extensions }: WrapUpTime,
): { limitAt: Instant; extensions: number } | undefined {
  if (until === undefined || extensionsLeft(rules, extensions) === 0) return undefined
  return { limitAt: until + rules.wrapUpExtensionSeconds * 1000, extensions: extensions + 1 }
}

export function extensionsLeft({ wrapUpExtensionsMax }: AgentTimeLimits, used: number): number {
  return Math.max(0, wrapUpExtensionsMax - used)
}

/** Whether a break can begin now, or has to wait until the agent is between calls. */
export function breakBegins(status: AgentStatus): 'now' | 'betweenCalls' | undefined {
  if (status === 'signedOut') return undefined
  return status === 'available' || status === 'onBreak' ? 'now' : 'betweenCalls'
}

/** What is known of a desk whose call is done with. */
export type DoneWithCall = {
  readonly isLeaving: boolean
  readonly request: BreakRequest | undefined
  readonly hasProvenLine: boolean
  readonly now: Instant
}

export type AfterCall =
  | { readonly do: 'leave' }
  | { readonly do: 'takeBreak'; readonly reason: BreakReason }
  | { readonly do: 'becomeAvailable' }

/** Leaving comes before a break that was asked for, and nobody is available without a line. */
export function afterCall({ isLeaving, request, hasProvenLine, now }: DoneWithCall): AfterCall {
  if (isLeaving) return { do: 'leave' }
  if (request && isReady(request, now)) return { do: 'takeBreak', reason: request.reason }
  if (!hasProvenLine) return { do: 'takeBreak', reason: 'lineLost' }
  return { do: 'becomeAvailable' }
}

/**
 * The life of a version of a flow.
 *
 *   draft ──publish──▶ published ──supersede──▶ retired
 *     │                    ▲
 *     └─schedule▶ scheduled┘takeEffect      scheduled ──withdraw▶ retired
 *
 * Of a flow at most one version is a draft, one is scheduled and one is published. What was once published is never
 * written over: the way back to it is a new version with the same body, which is written as retired and published or
 * scheduled in the same transaction.
 */
import type { Flow } from './flow.ts'
import type { Moves } from '#core/lib/moves.ts'
import type { Instant } from '#core/lib/time.ts'

export const FLOW_STATUSES = ['draft', 'scheduled', 'published', 'retired'] as const
export type FlowStatus = (typeof FLOW_STATUSES)[number]

export type FlowAction = 'publish' | 'schedule' | 'takeEffect' | 'withdraw' | 'supersede'

export const FLOW_MOVES: Moves<FlowStatus, FlowAction> = {
  draft: { publish: 'published', schedule: 'scheduled' },
  scheduled: { takeEffect: 'published', withdraw: 'retired' },
  published: { supersede: 'retired' },
  retired: { publish: 'published', schedule: 'scheduled' },
}

/** Farther ahead nobody plans a menu; a date of ten years on is a slip of the finger. */
export const SCHEDULED_AHEAD_MAX_DAYS = 366
const DAY_MS = 24 * 60 * 60 * 1000

export type DateVerdict = 'possible' | 'past' | 'tooFar'

/** Whether a version may begin to hold at this moment. */
export function judgeDate(from: Instant, now: Instant): DateVerdict {
  if (!(from > now)) return 'past'
  return from > now + SCHEDULED_AHEAD_MAX_DAYS * DAY_MS ? 'tooFar' : 'possible'
}

/** What calls walk, and what they will walk from a moment on. */
export type FlowsInForce = {
  readonly current: Flow
  readonly scheduled: { readonly body: Flow; readonly from: Instant } | undefined
}

/** What a call walks that comes now: a scheduled version holds from its very moment, whatever else is late. */
export function flowAt({ current, scheduled }: FlowsInForce, now: Instant): Flow {
  return scheduled && now >= scheduled.from ? scheduled.body : current
}

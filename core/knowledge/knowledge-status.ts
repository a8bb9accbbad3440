/**
 * The life of a version of an article, a question and answer, a script or an act of law.
 *
 *   draft ──approve──▶ approved ──publish──▶ published
 *     ▲                   │
 *     └─────sendBack──────┘     from each of the three: withdraw ▶ withdrawn, replace ▶ replaced
 *
 * A version is never written over: who changes something saves the next version, as a draft. Saving replaces what had
 * not been published yet; publishing replaces what was published until then. So of an item at most one version is being
 * worked on and at most one is published, and what an agent read out last year can still be read.
 */
import type { Moves } from '#core/lib/moves.ts'
import { type Action, may, type Role } from '#core/staff/permissions.ts'

export const KNOWLEDGE_STATUSES = ['draft', 'approved', 'published', 'replaced', 'withdrawn'] as const
export type KnowledgeStatus = (typeof KNOWLEDGE_STATUSES)[number]

/** What a person does to a version. */
export const KNOWLEDGE_ORDERS = ['approve', 'sendBack', 'publish', 'withdraw'] as const
export type KnowledgeOrder = (typeof KNOWLEDGE_ORDERS)[number]

/** `replace` is nobody's order: a newer version does it. */
export type KnowledgeAction = KnowledgeOrder | 'replace'

export const KNOWLEDGE_MOVES: Moves<KnowledgeStatus, KnowledgeAction> = {
  draft: { approve: 'approved', replace: 'replaced', withdraw: 'withdrawn' },
  approved: { publish: 'published', sendBack: 'draft', replace: 'replaced', withdraw: 'withdrawn' },
  published: { replace: 'replaced', withdraw: 'withdrawn' },
  replaced: {},
  withdrawn: {},
}

/** Whoever writes does not approve: the officer answers for what citizens are told. */
const NEEDS: Readonly<Record<KnowledgeOrder, readonly Action[]>> = {
  approve: ['approveKnowledge'],
  sendBack: ['approveKnowledge'],
  publish: ['editKnowledge'],
  withdraw: ['editKnowledge', 'approveKnowledge'],
}

export function mayOrder(role: Role, order: KnowledgeOrder): boolean {
  return NEEDS[order].some((action) => may(role, action))
}

/** What this role can do to a version in this status now. */
export function ordersFor(role: Role, status: KnowledgeStatus): KnowledgeOrder[] {
  return KNOWLEDGE_ORDERS.filter(
    (order) => KNOWLEDGE_MOVES[status][order] !== undefined && mayOrder(role, order),
  )
}

/** Still on its way to being published. */
export function isBeingWorkedOn(status: KnowledgeStatus): boolean {
  return KNOWLEDGE_MOVES[status].replace !== undefined && status !== 'published'
}

/** What is happening now, from memory: who does what, who waits where. */
import type { AgentRow, Wallboard } from '#contract/live.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { Conductor } from './conductor.ts'
import type { Desk } from './desk.ts'

type Beside = { openAlarms: number; queueNames(queue: string): Texts }

export function wallboardOf(
  { calls, deps, engine, book }: Conductor,
  { openAlarms, queueNames }: Beside,
): Wallboard {
  const waiting = new Map<string, { count: number; longestSince: number | null }>()
  for (const { kind, queue, since } of engine.snapshot().waiting) {
    // Nobody is on the line for a callback.
    if (kind === 'callback') continue
    const known = waiting.get(queue)
    waiting.set(queue, {
      count: (known?.count ?? 0) + 1,
      longestSince: Math.min(known?.longestSince ?? since, since),
    })
  }
  return {
    agents: [...book.desks.values()]
      .filter(({ status }) => status !== 'signedOut')
      .map((desk) => ({
        id: desk.agent,
        name: desk.profile.name,
        status: desk.status,
        reason: desk.breakReason ?? null,
        since: desk.statusSince,
        limitAt: desk.status === 'onBreak' ? (desk.limitAt ?? null) : null,
        ...waitingOf(desk),
        line: desk.line,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    waiting: [...waiting].map(([queue, facts]) => ({ queue, queueNames: queueNames(queue), ...facts })),
    callsInProgress: calls.size,
    callbacks: deps.callbacks.count(),
    openAlarms,
  }
}

/** What an agent waits for: an answer to a break, the end of the call to take it or to leave. */
function waitingOf({ isLeaving, breakRequest: request }: Desk): Pick<AgentRow, 'next' | 'asks'> {
  const approved = request?.status === 'approved' ? { do: 'break' as const, reason: request.reason } : null
  return {
    next: isLeaving ? { do: 'leave' } : approved,
    asks: request?.status === 'asked' ? { reason: request.reason, since: request.askedAt } : null,
  }
}

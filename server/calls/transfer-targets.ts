/** To whom a call can be given and who can be asked, as it is this moment: from memory. */
import type { TransferTargets } from '#contract/calls.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { Stage } from './stage.ts'

type Beside = {
  /** Who looks for somebody else. */
  agent: AgentId
  queueNames: ReadonlyMap<string, Texts>
  dialling: { allowed: readonly string[]; denied: readonly string[] } | null
}

export function transferTargets({ book, engine }: Stage, beside: Beside): TransferTargets {
  const desks = [...book.desks.values()].filter(
    ({ agent, status, isLeaving }) => agent !== beside.agent && status !== 'signedOut' && !isLeaving,
  )
  const { waiting } = engine.snapshot()
  return {
    agents: desks
      .map(({ agent, profile, status }) => ({
        id: agent,
        name: profile.name,
        status,
        queues: [...profile.queues],
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    queues: [...beside.queueNames].map(([id, names]) => ({
      id,
      names,
      waiting: waiting.filter(({ queue }) => queue === id).length,
      freeAgents: desks.filter(
        ({ profile, status }) => status === 'available' && profile.queues.some((queue) => queue === id),
      ).length,
    })),
    dialling: beside.dialling && {
      allowed: [...beside.dialling.allowed],
      denied: [...beside.dialling.denied],
    },
  }
}

/** To whom a call can be given or who can be asked, as the search leaves them: queues, colleagues, a number outside. */
import type { ConsultWith, TransferTargets, TransferTo } from '#contract/calls.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import { searchKey } from '#core/text/search-key.ts'

export type Choice = { key: string; name: string; to: TransferTo } & (
  | { kind: 'queue'; waiting: number; freeAgents: number }
  | { kind: 'agent'; status: AgentStatus }
  | { kind: 'outside' }
)

type Names = {
  queue(names: TransferTargets['queues'][number]['names']): string
  /** The queue that answers questions about the call's topic: it is the likeliest. */
  first?: string | undefined
}

/** Short numbers of services have three digits. */
const NUMBER_MIN_DIGITS = 3

export function choicesOf(targets: TransferTargets, search: string, names: Names): Choice[] {
  const wanted = searchKey(search)
  const outside = targets.dialling ? outsideNumber(search) : undefined
  const isFirst = ({ id }: { id: string }) => id === names.first
  const likeliest = [...targets.queues.filter(isFirst), ...targets.queues.filter((one) => !isFirst(one))]
  const queues = likeliest.map(
    ({ id, names: texts, waiting, freeAgents }): Choice => ({
      kind: 'queue',
      key: `queue ${id}`,
      name: names.queue(texts),
      to: { queue: id },
      waiting,
      freeAgents,
    }),
  )
  const agents = targets.agents.map(
    ({ id, name, status }): Choice => ({
      kind: 'agent',
      key: `agent ${id}`,
      name,
      to: { agent: id },
      status,
    }),
  )
  // Who can help now comes first.
  const free = agents.filter((one) => mayBeAsked(one))
  const busy = agents.filter((one) => !mayBeAsked(one))
  const known = [...queues, ...free, ...busy].filter(({ name }) => searchKey(name).includes(wanted))
  if (outside === undefined) return known
  return [{ kind: 'outside', key: 'outside', name: outside, to: { number: outside } }, ...known]
}

/** A queue has nobody to speak with; a colleague who is not free is not rung. */
export function mayBeAsked(choice: Choice): boolean {
  return choice.kind === 'outside' || (choice.kind === 'agent' && choice.status === 'available')
}

export function askOf(choice: Choice): ConsultWith | undefined {
  return mayBeAsked(choice) && !('queue' in choice.to) ? choice.to : undefined
}

function outsideNumber(typed: string): string | undefined {
  const isNumber = /^\+?[\d\s()-]+$/.test(typed.trim())
  const digits = typed.replace(/\D/g, '')
  if (!isNumber || digits.length < NUMBER_MIN_DIGITS) return undefined
  return typed.trim()
}

/**
 * Gathers what comes in while something is being done, and does all of it together next: one transaction and one commit
 * for everybody who waited, instead of a queue of commits in front of one locked row.
 *
 * A group that fails for a reason of one of them is done again one by one, so that nobody suffers for his neighbour.
 * Where the database is away they fail together, and each may send his form again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Refusal } from '../errors.ts'

const GROUP_MAX = 32
/** Some seconds of work; whoever comes after them is asked to try again. */
const WAITING_MAX = 2_000

type Waiting<Form, Done> = {
  readonly form: Form
  readonly resolve: (done: Done) => void
  readonly reject: (error: unknown) => void
}

export type InGroups<Form, Done> = {
  /** All of a group in one transaction, in its order; a refusal of one leaves the others alone. */
  readonly doAll: (forms: readonly Form[]) => Promise<readonly (Done | Refusal)[]>
  /** Whether this was wrong with one of the group and need not be with another. */
  readonly isOfOne: (error: unknown) => boolean
}

export function inGroups<Form, Done>({ doAll, isOfOne }: InGroups<Form, Done>) {
  const waiting: Waiting<Form, Done>[] = []
  let isWorking = false

  async function work(): Promise<void> {
    isWorking = true
    while (waiting.length > 0) {
      // What has arrived with it goes with it, and whoever was answered just now may already have sent his next one.
      await nextTurn()
      await settle(waiting.splice(0, GROUP_MAX))
    }
    isWorking = false
  }

  async function settle(group: readonly Waiting<Form, Done>[]): Promise<void> {
    try {
      const all = await doAll(group.map(({ form }) => form))
      for (const [place, { resolve, reject }] of group.entries()) {
        const done = all[place]
        if (done === undefined) reject(new Error('A form of the group was left out'))
        else if (done instanceof Refusal) reject(done)
        else resolve(done)
      }
    } catch (error) {
      if (group.length === 1 || !isOfOne(error)) for (const { reject } of group) reject(error)
      else for (const one of group) await settle([one])
    }
  }

  return (form: Form): Promise<Done> => {
    if (waiting.length >= WAITING_MAX)
      return Promise.reject(new Refusal('tooBusy', `${WAITING_MAX} forms wait already`))
    return new Promise<Done>((resolve, reject) => {
      waiting.push({ form, resolve, reject })
      if (!isWorking) void work()
    })
  }
}

/** Calls that agents of the make-believe centre promise, by the very rules of the real one. */
import { CallbackOptions, type CallbackRow, PromiseCallback } from '#contract/callbacks.ts'
import { lastPromise, momentRefusal } from '#core/calls/promise-callback.ts'
import { DEFAULT_QUIET_HOURS, mayCallAt } from '#core/routing/callback-hours.ts'
import { madeId } from './mock-data.ts'
import { callbackRows } from './mock-past-calls.ts'
import { Refused } from './mock-refused.ts'

type World = { callbacks: CallbackRow[]; say(message: { type: 'callbacksChanged' }, to: () => boolean): void }
type Asked = { world: World; path: string[]; body: unknown; me: { name: string } }

const NUMBER = '+998 90 123 45 67'
const isOpen = ({ endedAt, number }: CallbackRow) => endedAt === null && number === NUMBER

export const PROMISES: Record<string, (asked: Asked) => unknown> = {
  'GET /calls/:id/callback': ({ world, path }) =>
    CallbackOptions.parse({
      number: NUMBER,
      queueNames: { uz: 'Qabul', ru: 'Приём' },
      whyNot: world.callbacks.some(isOpen) ? 'promisedBefore' : null,
      quiet: DEFAULT_QUIET_HOURS,
      isQuietNow: !mayCallAt(DEFAULT_QUIET_HOURS, Date.now()),
      latest: lastPromise(Date.now()),
      promised: world.callbacks.filter(({ call }) => call === path[1]),
    }),
  'POST /calls/:id/callback': ({ world, path, body, me }) => {
    const { at, to } = PromiseCallback.parse(body)
    const refused = at !== null && momentRefusal(at, DEFAULT_QUIET_HOURS, Date.now())
    if (refused || world.callbacks.some(isOpen)) throw new Refused('callbackNotPossible')
    const [like] = callbackRows(Date.now())
    if (!like) throw new Refused('notFound')
    world.callbacks.push({
      ...like,
      ...{ id: madeId(84, world.callbacks.length), call: path[1] ?? '', number: NUMBER, reason: 'promised' },
      ...{ dueAt: at ?? Date.now(), promisedByName: me.name, meantForName: to === 'me' ? me.name : null },
    })
    world.say({ type: 'callbacksChanged' }, () => true)
    return undefined
  },
}

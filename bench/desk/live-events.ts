/**
 * Life around one desk: colleagues write to each other, add numbers to citizens' cards and register appeals, each by a
 * request to the server that runs, which tells it to every console that may know.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { signIn } from '../../tools/callers/desk-client.ts'
import { type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'

const EVENTS_PER_SECOND = 20
/** A timer fires a little late each time; what is asked for is told no less often. */
const EVERY_MS = 1_000 / EVENTS_PER_SECOND - 4
/** Should the server fall behind, the rest is not asked: it would count as told later. */
const AT_ONCE_MAX = 20
const CITIZENS = 200
const MESSAGE_EVERY = 41
const REQUEST_TIMEOUT_MS = 15_000

type Colleague = Awaited<ReturnType<typeof signIn>>
type Place = { web: string; colleague: Colleague; room: string; citizens: readonly string[] }

/** Returns what stops them, and says what failed. */
export async function liveEvents(copy: RunningCopy, pool: pg.Pool): Promise<() => Promise<string[]>> {
  const [who] = signInsOf(copy, 'supervisor', 1)
  if (!who) throw new Error('The copy has no supervisor')
  const colleague = await signIn(copy.web, who)
  const place = await prepare(copy.web, colleague, pool)
  const failures: string[] = []
  const asked = new Set<Promise<void>>()
  let turn = 0
  const timer = setInterval(() => {
    if (asked.size >= AT_ONCE_MAX) return failures.push('not asked: too many are not answered yet')
    const one: Promise<void> = happen(place, turn++)
      .catch((error: unknown) => void failures.push(String(error)))
      .finally(() => asked.delete(one))
    asked.add(one)
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await Promise.all(asked)
    await colleague.signOut()
    colleague.close()
    return failures
  }
}

async function prepare(web: string, colleague: Colleague, pool: pg.Pool): Promise<Place> {
  const { id } = (await post(web, colleague, '/chat/rooms', { title: 'Bench', members: [] })) as {
    id: string
  }
  const { rows } = await pool.query<{ id: string }>(
    `select c.id from citizens c where not exists
      (select from citizen_numbers n where n.citizen_id = c.id and n.e164 like '+9987%') limit $1`,
    [CITIZENS],
  )
  return { web, colleague, room: id, citizens: rows.map((row) => row.id) }
}

/** Cards and appeals by turns, and now and then a message: nobody may send more than one a second. */
async function happen({ web, colleague, room, citizens }: Place, turn: number): Promise<void> {
  const citizen = citizens[turn % citizens.length]
  const text = `Navbatdagi savol, ${turn}`
  if (turn % MESSAGE_EVERY === 0)
    return void (await post(web, colleague, `/chat/rooms/${room}/messages`, {
      requestKey: randomUUID(),
      text,
      call: null,
      appeal: null,
    }))
  if (turn % 2 === 0)
    return void (await post(web, colleague, `/citizens/${citizen}/numbers`, {
      number: `+99897${String(turn).padStart(7, '0')}`,
    }))
  await colleague.registerAppeal({
    requestKey: randomUUID(),
    kind: 'application',
    text,
    topic: null,
    call: null,
    citizen: { id: citizen ?? '' },
  })
}

async function post(web: string, { cookie }: Colleague, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${web}/api${path}`, {
    method: 'POST',
    headers: { cookie, 'x-javob': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text.slice(0, 200)}`)
  return text === '' ? undefined : JSON.parse(text)
}

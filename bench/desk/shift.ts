/** A simulated shift at one desk: call after call in a page that is never reloaded, and what the page saw of each. */
import type pg from 'pg'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { leaveTheDesk, openBrowser, openSignInPage, takeTheDesk } from '../../tools/callers/browser-agent.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import { type Article, typed, WAYS } from '../knowledge/articles.ts'
import { CITIZENS, familyNumber, numberOf, OFFICE_NUMBER } from '../lib/seeded-citizens.ts'
import { Heap } from './heap.ts'
import { type Seen, takeSeen, WATCHING } from './in-page.ts'
import { oneCall } from './one-call.ts'

const SEED = 4
const SEARCHES_PER_CALL = 2
/** The same first call for everybody: pages are loaded and their code is made ready. Not counted. */
const WARM_UP_CALLS = 8
const HEAP_EVERY_CALLS = 4
/** As the supervisor's screens are, and the smallest that is promised. */
const SCREEN = { width: 1366, height: 768 }
const KIB = 1024

export type Shift = { calls: Seen[]; since: number; seconds: number; heap: Heap; scriptKib: number }

type Wanted = { count: number; written: readonly Article[]; say: (text: string) => void }

export async function workShift(copy: RunningCopy, { count, written, say }: Wanted): Promise<Shift> {
  const [agent] = signInsOf(copy, 'agent', 1)
  if (!agent) throw new Error('The copy names no sign-ins')
  await clearDesk(copy.web, agent)
  const { page, close } = await openBrowser()
  const random = seededRandom(SEED)
  const any = (below: number) => Math.floor(random() * below)
  const words = () =>
    typed(written[any(written.length)] as Article, WAYS[any(WAYS.length)] ?? 'as written', random)
  const callOf = (n: number) => ({
    number: callerOf(n, any),
    searches: Array.from({ length: SEARCHES_PER_CALL }, words),
  })
  try {
    await page.setViewportSize(SCREEN)
    for (const watch of WATCHING) await page.addInitScript(watch)
    await openSignInPage(page, copy.web)
    await takeTheDesk(page, agent)
    const scriptKib = (await page.evaluate(takeSeen)).scriptBytes / KIB
    for (let n = 0; n < WARM_UP_CALLS; n++) await oneCall(page, copy, callOf(n))
    const heap = await Heap.open(page)
    const calls: Seen[] = []
    const [began, since] = [performance.now(), Date.now()]
    for (let n = 0; n < count; n++) {
      if (n % HEAP_EVERY_CALLS === 0) say(`${n} calls: ${told(await heap.sample(n))}`)
      await page.evaluate(takeSeen)
      calls.push(await oneCall(page, copy, callOf(n)))
    }
    const seconds = (performance.now() - began) / 1000
    say(`${count} calls: ${told(await heap.sample(count))}`)
    await leaveTheDesk(page)
    return { calls, since, seconds, heap, scriptKib }
  } finally {
    await close()
    await clearDesk(copy.web, agent)
  }
}

function told({ mebibytes, nodes, listeners }: { mebibytes: number; nodes: number; listeners: number }) {
  return `heap ${mebibytes.toFixed(1)} MiB, ${nodes} nodes, ${listeners} listeners`
}

/** Most are known by a number of their own, some share a family's or an office's. */
function callerOf(n: number, any: (below: number) => number): string {
  if (n % 10 === 9) return OFFICE_NUMBER
  return n % 10 === 8 ? familyNumber(any(CITIZENS)) : numberOf(any(CITIZENS))
}

/** Milliseconds from the offer as the event log has it to its picture, of each call. */
export async function popsOf(pool: pg.Pool, { calls, since }: Shift): Promise<number[]> {
  const pops = calls.flatMap((call) => call.pops)
  const { rows } = await pool.query<{ number: string; offered: number }>(
    `select c.caller_e164 as number, (extract(epoch from o.offered_at) * 1000)::float8 as offered
       from offers o join calls c on c.id = o.call
       where c.caller_e164 = any ($1) and o.offered_at >= to_timestamp($2 / 1000.0) order by o.offered_at`,
    [pops.map(({ number }) => number), since],
  )
  return pops.map(({ number, at }) => {
    const offered = rows.findLast((row) => row.number === number && row.offered <= at)
    return at - (offered?.offered ?? Number.NEGATIVE_INFINITY)
  })
}

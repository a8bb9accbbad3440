/** From the moment the server offers a call to the moment the agent's browser has painted it. */
import { openBrowser, openSignInPage, takeTheDesk, leaveTheDesk } from '../../tools/callers/browser-agent.ts'
import { Citizen, passed } from '../../tools/callers/citizen.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { openDatabase, type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import { atMost, type Measure, p95 } from '../lib/measure.ts'

const CALLS = 10
const BETWEEN_CALLS_MS = 150
const TARGET_MS = 300
/** All citizens walk the menu at the same time; each then waits for those before him. */
const ALL_PAINTED_WITHIN_MS = 120_000
const OFFER_STAYS_MS = 500
const ROWS_WITHIN_MS = 2_000

type Painted = Map<string, number>

export async function benchScreenPop(copy: RunningCopy): Promise<Measure> {
  const agent = signInsOf(copy, 'agent', 2)[1]
  if (!agent) throw new Error('The copy names no sign-ins')
  await clearDesk(copy.web, agent)
  const { page, close } = await openBrowser()
  const citizens = new Map<string, Citizen>()
  const painted: Painted = new Map()
  try {
    await openSignInPage(page, copy.web)
    await takeTheDesk(page, agent)
    await page.exposeFunction('tellPainted', (number: string, at: number) => {
      painted.set(number, at)
      // He leaves, and the next one's offer takes the place of his.
      setTimeout(() => void citizens.get(number)?.call.hangUp(), OFFER_STAYS_MS)
    })
    await page.evaluate(watchOffers)
    await placeCalls(copy, citizens)
    const until = performance.now() + ALL_PAINTED_WITHIN_MS
    while (painted.size < CALLS && performance.now() < until) await passed(BETWEEN_CALLS_MS)
    await leaveTheDesk(page)
  } finally {
    await Promise.all([...citizens.values()].map((citizen) => citizen.call.hangUp()))
    await close()
    await clearDesk(copy.web, agent)
  }
  const work = `${CALLS} offers in Chromium; milliseconds from the offer in the event log to the second frame that shows it, p95`
  const taken = await untilPainted(copy, painted)
  return atMost(TARGET_MS, {
    name: 'ring → screen pop',
    work,
    ours: taken.length === CALLS ? p95(taken) : undefined,
  })
}

/** Runs in the page: tells of each new caller once he stands on the screen. */
function watchOffers(): void {
  const tell = Reflect.get(window, 'tellPainted') as (number: string, at: number) => void
  const known = new Set<string>()
  new MutationObserver(() => {
    const offer = document.querySelector('section[aria-label="Incoming call"]')
    const number = offer?.textContent
      ?.match(/\+998[\d\s]{9,16}/)?.[0]
      .replace(/\s/g, '')
      .slice(0, 13)
    if (!number || known.has(number)) return
    known.add(number)
    // The second frame begins when the first has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => tell(number, Date.now())))
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
}

async function placeCalls(copy: RunningCopy, citizens: Map<string, Citizen>): Promise<void> {
  const first = Math.floor(Math.random() * 9_000_000)
  for (let n = 0; n < CALLS; n++) {
    const from = `+99891${String(first + n).padStart(7, '0')}`
    const citizen = await Citizen.dial({
      host: copy.host,
      port: copy.ports.sip,
      to: '1195',
      from,
      userAgent: 'Javob bench',
    })
    void citizen.walk(['1', '1', '1'])
    citizens.set(from, citizen)
    await passed(BETWEEN_CALLS_MS)
  }
}

/** Milliseconds from the first offer of each call to its picture. */
async function untilPainted(copy: RunningCopy, painted: Painted): Promise<number[]> {
  await passed(ROWS_WITHIN_MS)
  const pool = openDatabase(copy)
  try {
    const { rows } = await pool.query<{ number: string; offered: number }>(
      `select c.caller_e164 as number, (extract(epoch from min(o.offered_at)) * 1000)::float8 as offered
         from offers o join calls c on c.id = o.call where c.caller_e164 = any ($1) group by 1`,
      [[...painted.keys()]],
    )
    return rows.map((row) => (painted.get(row.number) ?? Number.POSITIVE_INFINITY) - row.offered)
  } finally {
    await pool.end()
  }
}

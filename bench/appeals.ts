/**
 * Appeals: half a million of them, eight clerks at once. How many are registered a second with numbers that have no gap,
 * how long a page of each list takes, how long a search, and how long it takes to count the due days of a hundred
 * thousand open ones by a calendar that has changed. Each peer is the least that anybody would write, in the same run.
 */
import { randomUUID } from 'node:crypto'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import pino from 'pino'
import { APPEAL_LISTS, type AppealsQuery, type RegisterAppeal } from '#contract/appeals.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { addDays, type Day, tashkentDay } from '#core/lib/time.ts'
import { appealService, type Moved } from '../server/appeals/service.ts'
import { openDatabase } from '../server/database/pool.ts'
import { deadlineService } from '../server/deadlines/service.ts'
import { messageService } from '../server/messages/service.ts'
import { citizensTold } from '../server/portal/service.ts'
import type { BenchOptions } from './lib/context.ts'
import { atLeast, atMost, type Measure, median, p95, percentile } from './lib/measure.ts'
import { DURABLE, withDatabase } from './lib/own-database.ts'
import {
  APPEALS,
  CITIZENS,
  CLERKS,
  clerkLogin,
  OPEN_APPEALS,
  seedAppeals,
  SEEDED_WORDS,
  seededName,
  seededWord,
} from './lib/seeded-appeals.ts'

const REGISTERED_PER_SECOND_MIN = 500
const LIST_P99_MAX_MS = 60
const SEARCH_P95_MAX_MS = 80
const RECOUNT_MAX_SECONDS = 5
const SEED = 5
const REGISTRATIONS = 6_000
const WARM_UP = 300
const PAGES = 1_500
const SEARCHES = 400
const PEER_SEARCHES = 10
const DAYS_OFF = 80
/** One citizen in so many. */
const WANTS_NO_MESSAGE = 10

type Clerk = { readonly id: StaffId; readonly role: 'agent'; readonly calls: readonly string[] }
type Bench = Awaited<ReturnType<typeof open>>

export async function run({ say }: BenchOptions): Promise<Measure[]> {
  return await withDatabase(async (pool) => {
    say(`Seeding ${APPEALS} appeals of ${CITIZENS} citizens …`)
    await seedAppeals(pool, say)
    const bench = await open(pool, say)
    return [
      await registering(bench),
      await listing(bench),
      await searching(bench),
      ...(await recounting(bench)),
    ]
  }, DURABLE)
}

async function open(pool: pg.Pool, say: BenchOptions['say']) {
  const db = openDatabase(pool)
  const log = pino({ level: 'silent' })
  await runMigrations({ pgPool: pool })
  const appeals = appealService({ db, log, moved: tellingCitizens(db, log) })
  const { rows } = await pool.query<{ login: string; id: StaffId; calls: string[] }>(
    `select login, id, array(select calls.id from calls where agent = staff_members.id) as calls from staff_members`,
  )
  const staff = new Map(rows.map((row) => [row.login, row]))
  const clerks = Array.from({ length: CLERKS }, (_, n): Clerk => {
    const { id, calls } = staff.get(clerkLogin(n)) as (typeof rows)[number]
    return { id, role: 'agent', calls }
  })
  const { rows: known } = await pool.query<{ id: string }>('select id from seeded_citizens order by n')
  const random = seededRandom(SEED)
  return {
    pool,
    say,
    appeals,
    deadlines: deadlineService({ db, log, recount: appeals.recount }),
    clerks,
    administrator: staff.get('administrator')?.id as StaffId,
    citizens: known.map(({ id }) => id),
    any: (count: number) => Math.floor(random() * count),
  }
}

/** As the running copy has it: whoever is told of his appeal is told in the transaction that registers it. */
function tellingCitizens(db: ReturnType<typeof openDatabase>, log: pino.Logger): Moved {
  const notHere = async () => {
    throw new Error('Nothing of this benchmark sends a message or attaches a file')
  }
  const messages = messageService({
    db,
    log,
    sender: async () => undefined,
    followCode: () => '',
    address: async () => undefined,
    told: notHere,
  })
  return (trx, steps) => citizensTold(trx, steps, { messages, attach: notHere })
}

/** Every clerk at once, one thing after the other; how long each took, and all of them together. */
async function byAllClerks(
  { clerks }: Bench,
  count: number,
  work: (clerk: Clerk) => Promise<unknown>,
): Promise<{ ms: number[]; seconds: number }> {
  const ms: number[] = []
  let left = count
  const began = performance.now()
  await Promise.all(
    clerks.map(async (clerk) => {
      while (left-- > 0) {
        const started = performance.now()
        await work(clerk)
        ms.push(performance.now() - started)
      }
    }),
  )
  return { ms, seconds: (performance.now() - began) / 1_000 }
}

// Registering ---------------------------------------------------------------------

async function registering(bench: Bench): Promise<Measure> {
  const { appeals, pool, say } = bench
  const register = (clerk: Clerk) => appeals.register(formOf(bench, clerk), clerk)
  await byAllClerks(bench, WARM_UP, register)
  const { ms, seconds } = await byAllClerks(bench, REGISTRATIONS, register)
  await mustHaveNoGap(pool, REGISTRATIONS + WARM_UP)
  await mustHaveTold(pool, REGISTRATIONS + WARM_UP)
  const peer = await peerRegistering(bench)
  say(
    `register: ${(REGISTRATIONS / seconds).toFixed(0)}/s, p50 ${median(ms)?.toFixed(1)} ms, p99 ${percentile(ms, 99)?.toFixed(1)} ms; peer ${peer.toFixed(0)}/s`,
  )
  return atLeast(REGISTERED_PER_SECOND_MIN, {
    name: 'registered per second',
    work: `${REGISTRATIONS} appeals by ${CLERKS} clerks at once beside ${APPEALS} others: citizen, days, number, step, event, words; the message to the citizen with its work; numbers without a gap, each commit on the disk; peer: the counter and the row alone, one transaction each`,
    ours: REGISTRATIONS / seconds,
    peer,
  })
}

/** Three of five name a citizen whose card is open, one a known number with its name, one somebody new. */
function formOf({ any, citizens }: Bench, { calls }: Clerk): RegisterAppeal {
  const lot = any(5)
  const n = any(CITIZENS)
  const number = `+99890${String(n).padStart(7, '0')}`
  return {
    requestKey: randomUUID(),
    kind: any(2) === 0 ? 'application' : 'complaint',
    text: textOf(any),
    topic: String(1 + any(40)).padStart(2, '0'),
    call: any(2) === 0 ? null : (calls[any(calls.length)] ?? null),
    citizen:
      lot < 3
        ? { id: citizens[n] ?? '' }
        : {
            name: lot === 3 ? `Surname${n % 997} Name${n % 89} Father${n % 101}` : `Yangi Fuqaro ${n}`,
            number,
          },
    telephone: n % WANTS_NO_MESSAGE === 0 ? null : number,
  }
}

const nameOf = (n: number) =>
  [seededName('surname', n, 997), seededName('name', n, 89), seededName('father', n, 101)].join(' ')

const textOf = (any: Bench['any']) =>
  Array.from({ length: 25 }, () => seededWord(any(SEEDED_WORDS))).join(' ')

/** A run with a gap or a double is a failed run, however quick it was. */
async function mustHaveNoGap(pool: pg.Pool, count: number): Promise<void> {
  const { rows } = await pool.query<{ count: number; distinct: number; highest: number; counted: number }>(
    `select count(*)::int, count(distinct sequence)::int as distinct, max(sequence) as highest,
      (select sum(last)::int from appeal_counters where year > 2020) as counted from appeals where year > 2020`,
  )
  const [row] = rows
  if (!row || [row.count, row.distinct, row.highest, row.counted].some((each) => each !== count))
    throw new Error(`The numbers have a gap or a double: ${JSON.stringify(row)} of ${count}`)
}

/** Nearly everybody is told, each once. */
async function mustHaveTold(pool: pg.Pool, count: number): Promise<void> {
  const { rows } = await pool.query<{ named: number; told: number; waiting: number }>(
    `select (select count(*)::int from appeals where year > 2020 and telephone is not null) as named,
      (select count(*)::int from messages) as told,
      (select count(*)::int from graphile_worker.jobs where task_identifier = 'sendMessage') as waiting`,
  )
  const [row] = rows
  if (!row || row.named < count / 2 || row.told !== row.named || row.waiting !== row.named)
    throw new Error(`Not everybody was told: ${JSON.stringify(row)} of ${count}`)
}

async function peerRegistering(bench: Bench): Promise<number> {
  const { pool, citizens, any } = bench
  await pool.query(`insert into appeal_counters values ('peer', 2019, 0)`)
  const { seconds } = await byAllClerks(bench, REGISTRATIONS / 3, async ({ id }) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query<{ last: number }>(
        `update appeal_counters set last = last + 1 where organisation = 'peer' returning last`,
      )
      const { last } = rows[0] as { last: number }
      await client.query(
        `insert into appeals (organisation, year, sequence, number, kind, status, text, citizen, received_at,
            registered_on, registered_by, request_key)
          values ('peer', 2019, $1, $2, 'application', 'registered', $3, $4, now(), current_date, $5, $6)`,
        [last, `P-2019-${last}`, textOf(any), citizens[any(CITIZENS)], id, randomUUID()],
      )
      await client.query('commit')
    } finally {
      client.release()
    }
  })
  // They were none.
  await pool.query(`delete from appeals where organisation = 'peer'`)
  return REGISTRATIONS / 3 / seconds
}

// Lists -----------------------------------------------------------------------------

async function listing(bench: Bench): Promise<Measure> {
  const { any, appeals, pool, say } = bench
  await pool.query('vacuum analyze appeals')
  const seen = new Map<string, number[]>()
  const last = new Map<string, string>()
  const page = async (clerk: Clerk) => {
    const query = listOf(any)
    const key = JSON.stringify(query) + clerk.id
    const began = performance.now()
    const rows = await appeals.list({ ...query, before: last.get(key) }, clerk)
    const name = query.status ?? query.list
    seen.set(name, [...(seen.get(name) ?? []), performance.now() - began])
    const end = rows.at(-1)?.id
    // The next time this one is asked for, its next page.
    if (end) last.set(key, end)
  }
  await byAllClerks(bench, WARM_UP, page)
  seen.clear()
  const { ms } = await byAllClerks(bench, PAGES, page)
  for (const [name, times] of seen)
    say(`list ${name}: p50 ${median(times)?.toFixed(1)} ms, p99 ${percentile(times, 99)?.toFixed(1)} ms`)
  const peer = await byAllClerks(bench, PAGES, () =>
    pool.query('select * from appeals order by id desc limit 50'),
  )
  return atMost(LIST_P99_MAX_MS, {
    name: 'page of a list, p99',
    work: `${PAGES} pages of 50 among ${APPEALS}, ${CLERKS} at once: every work list, statuses, page after page; milliseconds; peer: the newest rows without names`,
    ours: percentile(ms, 99),
    peer: percentile(peer.ms, 99),
  })
}

function listOf(any: Bench['any']): AppealsQuery {
  const lot = any(APPEAL_LISTS.length + 2)
  const list = APPEAL_LISTS[lot]
  if (list) return { list, limit: 50 }
  return { list: 'all', status: any(2) === 0 ? 'editing' : 'closed', limit: 50 }
}

// Search ----------------------------------------------------------------------------

async function searching(bench: Bench): Promise<Measure> {
  const { any, appeals, pool, say } = bench
  const done: { kind: string; ms: number; isFound: boolean }[] = []
  const search = async (clerk: Clerk) => {
    const [kind, words] = wordsOf(any)
    const began = performance.now()
    const rows = await appeals.list({ list: 'all', limit: 50, search: words }, clerk)
    done.push({ kind, ms: performance.now() - began, isFound: rows.length > 0 })
  }
  await byAllClerks(bench, WARM_UP / 10, search)
  done.length = 0
  const { ms } = await byAllClerks(bench, SEARCHES, search)
  const kinds = Map.groupBy(done, ({ kind }) => kind)
  for (const [kind, own] of kinds) {
    const times = own.map((one) => one.ms)
    const found = own.filter(({ isFound }) => isFound).length
    say(
      `search by ${kind}: p50 ${median(times)?.toFixed(1)} ms, p95 ${p95(times)?.toFixed(1)} ms, ${found} of ${own.length} found something`,
    )
  }
  const peer = await byAllClerks(bench, PEER_SEARCHES, () =>
    pool.query('select id from appeals where text ilike $1 order by id desc limit 50', [
      `%${seededWord(any(SEEDED_WORDS))}%`,
    ]),
  )
  return atMost(SEARCH_P95_MAX_MS, {
    name: 'search, p95',
    work: `${SEARCHES} searches among ${APPEALS}, ${CLERKS} at once: ${[...kinds.keys()].join(', ')}; milliseconds; peer: a word anywhere in the text (ILIKE)`,
    ours: p95(ms),
    peer: p95(peer.ms),
  })
}

function wordsOf(any: Bench['any']): [kind: string, words: string] {
  const n = any(CITIZENS)
  const kinds: [string, string][] = [
    ['number', `A-2020-${String(1 + any(APPEALS)).padStart(6, '0')}`],
    ['a common name', seededName('name', n, 89)],
    ['a surname', seededName('surname', n, 997)],
    ['a whole name', nameOf(n)],
    ['a telephone', `90 ${String(n).padStart(7, '0')}`],
    ['the end of a telephone', String(n).padStart(7, '0').slice(3)],
    ['a common word', seededWord(any(20))],
    ['a rare word', seededWord(5_000 + any(SEEDED_WORDS - 5_000))],
    ['three words', [any(200), any(2_000), any(SEEDED_WORDS)].map(seededWord).join(' ')],
    ['a name and a word', `${seededName('surname', n, 997)} ${seededWord(any(500))}`],
    ['an incoming number', `K-${4 + 5 * any(APPEALS / 5)}`],
  ]
  return kinds[any(kinds.length)] as [string, string]
}

// A changed calendar ------------------------------------------------------------------

/** A day off declared late, as happens every year; and a change that moves nearly every open appeal. */
async function recounting(bench: Bench): Promise<Measure[]> {
  const today = tashkentDay(Date.now())
  const days = (count: number) =>
    Array.from({ length: count }, (_, n) => addDays(today, n - Math.floor(count / 2)))
  // Not measured: the days as the server counts them, which those of the seed are only nearly.
  await changeCalendar(bench, [], 'none')
  const usual = await changeCalendar(bench, days(1), 'none')
  const most = await changeCalendar(bench, days(DAYS_OFF), 'next')
  const began = performance.now()
  await bench.pool.query(`update appeal_days set due_on = due_on + 1 where clock_runs`)
  const peer = (performance.now() - began) / 1_000
  bench.say(`calendar: ${told(usual)}; ${told(most)}; peer ${peer.toFixed(1)} s`)
  const work = `days of ${OPEN_APPEALS} open appeals counted again`
  return [
    atMost(RECOUNT_MAX_SECONDS, {
      name: 'a day off declared',
      work: `${work}, of which ${usual.movedCount} moved, with an event for each; seconds`,
      ours: usual.seconds,
    }),
    atMost(RECOUNT_MAX_SECONDS, {
      name: 'a calendar that moves nearly all',
      work: `${work}, of which ${most.movedCount} moved, with an event for each; seconds; peer: one plain update of the same rows`,
      ours: most.seconds,
      peer,
    }),
  ]
}

const told = ({ movedCount, seconds }: { movedCount: number; seconds: number }) =>
  `${movedCount} of ${OPEN_APPEALS} moved in ${seconds.toFixed(1)} s`

async function changeCalendar(
  { administrator, deadlines }: Bench,
  off: readonly Day[],
  roll: 'none' | 'next',
) {
  const { form, version } = await deadlines.card()
  const added = off.map((day) => ({
    day,
    kind: 'extraOff' as const,
    weeks: [5 as const, 6 as const],
    name: 'Off',
  }))
  const kept = form.days.filter(({ day }) => !off.includes(day))
  const began = performance.now()
  const saved = await deadlines.save(
    { basedOn: version, form: { ...form, roll, days: [...kept, ...added] } },
    administrator,
  )
  return { movedCount: saved.movedCount, seconds: (performance.now() - began) / 1_000 }
}

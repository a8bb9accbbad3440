/** Two hundred thousand citizens with a million calls behind them, and among their numbers those of families and of offices. */
import type pg from 'pg'

export const CITIZENS = 200_000
export const CALLS = 1_000_000
const APPEALS = 60_000
/** Each of so many citizens shares a number with others: a family's, or that of an office of many. */
const FAMILY = 5
const FAMILIES = 4_000
const OFFICE_CITIZENS = 3_000
const OFFICE_CALLS = 20_000

export const numberOf = (citizen: number) => `+99890${String(citizen).padStart(7, '0')}`
export const familyNumber = (family: number) => `+99871${String(family % FAMILIES).padStart(7, '0')}`
export const OFFICE_NUMBER = '+998712000000'
export const unknownNumber = (n: number) => `+99833${String(n).padStart(7, '0')}`

const SQL = [
  // The database may be a copy's, with people of its own.
  `insert into staff_members (login, name, role, languages, password_hash) values ('bench', 'Bench', 'agent', '{uz}', '-')`,
  // Each name is three words of a hundred, so that a common one is found on thousands of cards.
  `insert into citizens (name, search_key, note)
    select initcap(names.key), names.key, 'n' from generate_series(0, ${CITIZENS - 1}) as n,
      lateral (select 'surname' || n % 997 || ' name' || n % 89 || ' father' || n % 101 as key) as names`,
  `create temporary table numbered as select id, row_number() over (order by id) - 1 as n from citizens`,
  `create unique index on numbered (n)`,
  `insert into citizen_numbers (citizen_id, e164, confidence, seen_at)
    select id, '+99890' || lpad(n::text, 7, '0'), 'high', now() - n * interval '1 second' from numbered`,
  `insert into citizen_numbers (citizen_id, e164, confidence, seen_at)
    select id, '+99871' || lpad((n / ${FAMILY})::text, 7, '0'), 'high', now() - n * interval '1 second'
    from numbered where n < ${FAMILY * FAMILIES}`,
  `insert into citizen_numbers (citizen_id, e164, confidence, seen_at)
    select id, '${OFFICE_NUMBER}', 'high', now() - n * interval '1 second' from numbered
    where n between 50000 and ${50_000 + OFFICE_CITIZENS - 1}`,
  // A third of the citizens call often; one of ten calls was said to be from nobody in particular.
  `insert into calls (id, node, did, caller_raw, caller_e164, caller_confidence, status, queue, topic, agent, citizen,
      arrived_at, connected_at, ended_at, outcome)
    select uuidv7(), 'n1', '1195', '', '+99890' || lpad(who.n::text, 7, '0'), 'high', 'ended', 'admission', null,
      (select id from staff_members where login = 'bench'), case when call % 10 > 0 then who.id end,
      at, at, at + interval '3 minutes', 'explained'
    from generate_series(0, ${CALLS - OFFICE_CALLS - 1}) as call
      join numbered who on who.n = (call::bigint * 7919) % (case when call % 3 = 0 then 20000 else ${CITIZENS} end),
      lateral (select now() - (call::bigint * 31) % 15552000 * interval '1 second' as at) as moment`,
  `insert into calls (id, node, did, caller_raw, caller_e164, caller_confidence, status, agent, citizen, arrived_at, ended_at)
    select uuidv7(), 'n1', '1195', '', '${OFFICE_NUMBER}', 'high', 'ended', (select id from staff_members where login = 'bench'),
      (select id from numbered where n = 50000), now() - call * interval '2 minutes', now()
    from generate_series(1, ${OFFICE_CALLS}) as call`,
  // Written as they would be after their life, which the database otherwise lets nobody skip.
  `alter table appeals disable trigger appeals_move_by_the_table`,
  `insert into appeals (organisation, year, sequence, number, kind, status, text, citizen, received_at, registered_on,
      registered_by, request_key)
    select 'bench', 2026, n + 1, 'A-2026-' || n, 'application', case when n % 4 = 0 then 'registered' else 'closed' end,
      'x', id, now(), current_date, (select id from staff_members where login = 'bench'), gen_random_uuid()
    from numbered where n < ${APPEALS}`,
  `insert into appeal_days (appeal, due_on, due_steps, clock_runs)
    select id, registered_on + 15, '[]', status <> 'closed' from appeals`,
  `alter table appeals enable trigger appeals_move_by_the_table`,
  `analyze`,
]

export async function seedCitizens(pool: pg.Pool, say: (text: string) => void): Promise<void> {
  const client = await pool.connect()
  try {
    for (const statement of SQL) {
      const started = performance.now()
      const { rowCount } = await client.query(statement)
      const seconds = ((performance.now() - started) / 1_000).toFixed(1)
      say(`${statement.trim().slice(0, 40).replaceAll('\n', ' ')} …: ${rowCount ?? 0} rows, ${seconds} s`)
    }
  } finally {
    client.release()
  }
}

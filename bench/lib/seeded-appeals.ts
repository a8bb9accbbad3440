/** Half a million appeals of two years, a fifth of them open, from two hundred thousand citizens, in texts of common and rare words. */
import { createHash } from 'node:crypto'
import type pg from 'pg'

export const APPEALS = 500_000
export const OPEN_APPEALS = 100_000
export const CITIZENS = 200_000
export const CLERKS = 8
export const CALLS_OF_CLERK = 500
/** In a text the n-th word of a language comes about half as often as the one of half its number. */
const WORDS = 20_000
const WORDS_OF_TEXT = 25

export const clerkLogin = (clerk: number) => `clerk${clerk}`

const NAME_CHARACTERS = 8
/** Letters for the digits of a checksum: names that have no part in common, as those of people have none. */
const LETTERS = ['0123456789abcdef', 'bdgklmnprsaeioutz'] as const

const nameSql = (kind: string, of: number) =>
  `substr(translate(md5('${kind}' || n % ${of}), '${LETTERS[0]}', '${LETTERS[1]}'), 1, ${NAME_CHARACTERS})`

/** The same name for whoever searches. */
export function seededName(kind: string, n: number, of: number): string {
  const sum = createHash('md5')
    .update(`${kind}${n % of}`)
    .digest('hex')
  return [...sum.slice(0, NAME_CHARACTERS)]
    .map((digit) => LETTERS[1][LETTERS[0].indexOf(digit)] ?? '')
    .join('')
}

const SQL = [
  `insert into settings (name, value) values ('organisation',
    '{"code":"bench","names":{"uz":"Agentlik","ru":"Агентство"},"appealPrefix":"A","shortNumber":"1195"}')`,
  `insert into staff_members (login, name, role, languages, password_hash)
    select 'clerk' || n, 'Clerk ' || n, 'agent', '{uz}', '-' from generate_series(0, ${CLERKS - 1}) as n`,
  `insert into staff_members (login, name, role, languages, password_hash)
    values ('editor', 'Editor', 'editor', '{uz}', '-'), ('administrator', 'Administrator', 'administrator', '{uz}', '-')`,
  `insert into topics (code, parent, level, names)
    select lpad(n::text, 2, '0'), null, 1, '{"uz":"Mavzu","ru":"Тема"}' from generate_series(1, 40) as n`,
  `insert into citizens (name, search_key, pinfl)
    select initcap(names.key), names.key, '3' || lpad(n::text, 13, '0') from generate_series(0, ${CITIZENS - 1}) as n,
      lateral (select ${nameSql('surname', 997)} || ' ' || ${nameSql('name', 89)} || ' ' || ${nameSql('father', 101)} as key) as names`,
  `create table seeded_citizens as select id, row_number() over (order by id) - 1 as n from citizens`,
  `create unique index on seeded_citizens (n)`,
  `insert into citizen_numbers (citizen_id, e164, confidence)
    select id, '+99890' || lpad(n::text, 7, '0'), 'high' from seeded_citizens`,
  `insert into calls (id, node, did, caller_raw, caller_confidence, status, agent, arrived_at, ended_at)
    select uuidv7(), 'n1', '1195', '', 'none', 'ended', staff_members.id, now(), now()
    from staff_members, generate_series(1, ${CALLS_OF_CLERK}) where login like 'clerk%'`,
  // Written as they would be after their life, which the database otherwise lets nobody skip.
  `alter table appeals disable trigger appeals_move_by_the_table`,
  `insert into appeals (organisation, year, sequence, number, kind, status, text, citizen, topic, received_at,
      registered_on, registered_by, editor, incoming_number, request_key, telephone)
    select 'bench', 2020, i + 1, 'A-2020-' || lpad((i + 1)::text, 6, '0'),
      (array['application', 'complaint', 'proposal'])[1 + i % 3], case when is_open then
        (array['registered', 'classified', 'editing', 'dispatched', 'received'])[1 + i % 5] else 'closed' end,
      words.text, seeded_citizens.id, lpad((1 + i % 40)::text, 2, '0'), at, at::date,
      clerks.ids[1 + i % ${CLERKS}], case when i % 5 > 1 then editor.id end,
      case when i % 5 = 4 then 'K-' || i end, gen_random_uuid(),
      '+99890' || lpad(seeded_citizens.n::text, 7, '0')
    from generate_series(0, ${APPEALS - 1}) as i
      join seeded_citizens on seeded_citizens.n = (i::bigint * 7919) % ${CITIZENS},
      lateral (select i >= ${APPEALS - OPEN_APPEALS} as is_open,
        now() - (${APPEALS} - i) * interval '2 minutes' as at) as moment,
      lateral (select string_agg('soz' || floor(power(${WORDS}::float8, ((i::bigint * 31 + w * 7907 + i::bigint * w) % 100003) / 100003::float8))::int, ' ') as text
        from generate_series(1, ${WORDS_OF_TEXT}) as w) as words,
      (select array_agg(id) as ids from staff_members where login like 'clerk%') as clerks,
      (select id from staff_members where login = 'editor') as editor`,
  `insert into appeal_days (appeal, forward_on, due_on, due_steps, clock_runs)
    select id, case when status in ('registered', 'classified', 'editing') then registered_on + 5 end,
      case kind when 'proposal' then registered_on + interval '1 month' else registered_on + 15 end,
      '[{"day": "2026-03-02", "text": "receivedInTime", "article": "OʻRQ-445, 23-modda"}]', status <> 'closed'
    from appeals order by id`,
  `insert into appeal_counters values ('bench', 2020, ${APPEALS})`,
  `alter table appeals enable trigger appeals_move_by_the_table`,
  `insert into appeal_steps (appeal, place, action, from_status, to_status, actor, at, request_key)
    select id, 1, 'register', 'draft', 'registered', registered_by, registered_at, request_key from appeals`,
  `insert into events (type, appeal, actor, body)
    select 'appealRegistered', id, registered_by, '{"kind": "application"}' from appeals`,
  // As the server keeps them: these texts and names are written in the letters that compare.
  `insert into appeal_words (appeal, words)
    select appeals.id, array_to_tsvector(string_to_array(
      concat_ws(' ', text, search_key, lower(replace(incoming_number, '-', ' '))), ' '))
    from appeals join citizens on citizens.id = citizen`,
  `vacuum analyze`,
]

export async function seedAppeals(pool: pg.Pool, say: (text: string) => void): Promise<void> {
  const client = await pool.connect()
  try {
    for (const statement of SQL) {
      const started = performance.now()
      const { rowCount } = await client.query(statement)
      const seconds = (performance.now() - started) / 1_000
      if (seconds > 1)
        say(
          `${statement.trim().slice(0, 40).replaceAll('\n', ' ')} …: ${rowCount ?? 0} rows, ${seconds.toFixed(1)} s`,
        )
    }
  } finally {
    client.release()
  }
}

/** As in the texts: common ones first. */
export const seededWord = (n: number) => `soz${n}`
export const SEEDED_WORDS = WORDS

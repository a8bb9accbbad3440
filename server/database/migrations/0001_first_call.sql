-- The first call's memory: people, trunks, flows, calls, recordings, appeals and
-- the event log. Names are snake_case, tables plural, moments end in _at, days in _on.

create table settings (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);

-- People -------------------------------------------------------------------

create table staff_members (
  id uuid primary key default uuidv7(),
  login text not null unique check (login = lower(login) and length(login) between 2 and 64),
  name text not null,
  role text not null check (role in ('agent', 'supervisor', 'editor', 'chancellery', 'officer', 'administrator')),
  languages text[] not null default '{}',
  password_hash text not null,
  interface_language text not null default 'uz',
  active boolean not null default true,
  created_at timestamptz not null default now()
);

-- A sign-in is found by the SHA-256 of its cookie, so a stolen table opens nothing.
create table sign_ins (
  token_hash bytea primary key,
  staff_id uuid not null references staff_members (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_seen_at timestamptz not null default now(),
  address text not null,
  user_agent text not null,
  ended_at timestamptz
);
create index on sign_ins (staff_id) where ended_at is null;

-- Telephony ----------------------------------------------------------------

create table queues (
  id text primary key check (id ~ '^[a-z][a-zA-Z0-9]{0,31}$'),
  names jsonb not null,
  position smallint not null
);

create table agent_queues (
  staff_id uuid not null references staff_members (id) on delete cascade,
  queue_id text not null references queues (id),
  primary key (staff_id, queue_id)
);

create table trunks (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}$'),
  name text not null,
  -- Addresses or networks the carrier sends from, e.g. {127.0.0.1/32}.
  peer_addresses text[] not null,
  -- {server, username, password} where the carrier wants us to register; else null.
  registration jsonb,
  -- Digits, with X for any digit, Z for 1–9, N for 2–9, and a closing . for any more.
  did_patterns text[] not null,
  codecs text[] not null default '{alaw,ulaw}',
  max_calls integer not null default 300 check (max_calls between 1 and 1000),
  -- How the carrier writes callers' numbers; see core/text/phone-number.ts.
  number_format text not null default 'automatic' check (number_format in ('automatic', 'international')),
  active boolean not null default true
);

create table flow_versions (
  flow text not null,
  version integer not null,
  body jsonb not null,
  status text not null default 'draft' check (status in ('draft', 'published', 'retired')),
  created_at timestamptz not null default now(),
  created_by uuid references staff_members (id),
  published_at timestamptz,
  published_by uuid references staff_members (id),
  primary key (flow, version)
);
create unique index one_published_version on flow_versions (flow) where status = 'published';

-- A text spoken once and kept, or a recording of it by a person.
create table prompts (
  key text primary key,
  language text not null,
  text text not null,
  source text not null check (source in ('spoken', 'uploaded')),
  seconds real not null,
  made_at timestamptz not null default now(),
  made_by uuid references staff_members (id)
);

-- Citizens -----------------------------------------------------------------

create table citizens (
  id uuid primary key default uuidv7(),
  name text not null,
  language text,
  note text not null default '',
  created_at timestamptz not null default now()
);

create table citizen_numbers (
  citizen_id uuid not null references citizens (id),
  e164 text not null,
  confidence text not null check (confidence in ('high', 'low', 'none')),
  seen_at timestamptz not null default now(),
  primary key (citizen_id, e164)
);
create index on citizen_numbers (e164);

-- Knowledge ----------------------------------------------------------------

create table topics (
  code text primary key check (code ~ '^[0-9]{2}(\.[0-9]{2}){0,2}$'),
  parent text references topics (code),
  level smallint not null check (level between 1 and 3),
  names jsonb not null,
  default_kind text,
  default_route text
);

create table faq_entries (
  id integer generated always as identity primary key,
  topic text not null references topics (code),
  questions jsonb not null,
  answers jsonb not null,
  basis text not null default ''
);
create index on faq_entries (topic);

-- Calls --------------------------------------------------------------------

create table calls (
  id uuid primary key,
  node text not null,
  trunk text,
  did text not null,
  caller_raw text not null,
  caller_name text,
  caller_e164 text,
  caller_confidence text not null check (caller_confidence in ('high', 'low', 'none')),
  user_agent text,
  status text not null check (status in
    ('greeting', 'menu', 'waiting', 'offered', 'talking', 'onHold', 'takingMessage', 'ended', 'refused')),
  language text,
  path text[] not null default '{}',
  keys text not null default '',
  queue text,
  topic text,
  agent uuid references staff_members (id),
  citizen uuid references citizens (id),
  arrived_at timestamptz not null,
  answered_at timestamptz,
  queued_at timestamptz,
  connected_at timestamptz,
  ended_at timestamptz,
  ended_by text check (ended_by in ('citizen', 'agent', 'system')),
  lost_reason text,
  refused_reason text,
  cause integer,
  talk_seconds real,
  hold_seconds real,
  outcome text check (outcome in ('resolved', 'explained', 'unresolved', 'disputed')),
  note text,
  wrapped_up_at timestamptz,
  check ((status in ('ended', 'refused')) = (ended_at is not null))
);
create index on calls (arrived_at desc);
create index on calls (agent, arrived_at desc);
create index on calls (caller_e164, arrived_at desc);
create index calls_in_progress on calls (id) where ended_at is null;

create table call_topics (
  call uuid not null references calls (id),
  topic text not null references topics (code),
  position smallint not null,
  primary key (call, topic)
);

create table offers (
  -- Made by the routing engine of the call, the moment and a count.
  id text primary key,
  call uuid not null references calls (id),
  agent uuid not null references staff_members (id),
  offered_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('answered', 'missed', 'declined', 'withdrawn', 'failed'))
);
create index on offers (call);

-- When citizen and agent heard each other, without the time on hold.
create table talk_intervals (
  call uuid not null references calls (id),
  agent uuid not null references staff_members (id),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (call, started_at)
);

create table agent_status_intervals (
  agent uuid not null references staff_members (id),
  status text not null check (status in ('onBreak', 'available', 'ringing', 'talking', 'wrapUp')),
  reason text,
  started_at timestamptz not null,
  ended_at timestamptz,
  by uuid references staff_members (id),
  primary key (agent, started_at)
);
create unique index one_open_interval on agent_status_intervals (agent) where ended_at is null;

-- Recordings ---------------------------------------------------------------

create table recordings (
  call uuid primary key references calls (id),
  status text not null check (status in
    ('expected', 'recording', 'closed', 'verified', 'sealed', 'stored', 'failed')),
  citizen_leg text not null,
  agent_leg text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Seconds the call lasted from the start of the recording; what the legs must hold.
  expected_seconds real,
  citizen_seconds real,
  agent_seconds real,
  gap_seconds real,
  file text,
  bytes bigint,
  sha256 text,
  recipient text,
  peaks jsonb,
  problem text,
  stored_at timestamptz
);
create index on recordings (status) where status <> 'stored';

-- Appeals ------------------------------------------------------------------

create table appeal_counters (
  organisation text not null,
  year integer not null,
  last integer not null,
  primary key (organisation, year)
);

create table appeals (
  id uuid primary key default uuidv7(),
  organisation text not null,
  year integer not null,
  sequence integer not null,
  number text not null unique,
  kind text not null check (kind in ('application', 'proposal', 'complaint')),
  status text not null check (status in
    ('draft', 'registered', 'inReview', 'replied', 'closed', 'forwarded', 'withdrawn')),
  text text not null check (length(text) between 1 and 20000),
  citizen uuid not null references citizens (id),
  topic text references topics (code),
  call uuid references calls (id),
  received_at timestamptz not null,
  registered_on date not null,
  due_on date not null,
  due_steps jsonb not null,
  registered_by uuid not null references staff_members (id),
  registered_at timestamptz not null default now(),
  -- The same form sent twice registers once.
  request_key uuid not null unique,
  unique (organisation, year, sequence)
);
create index on appeals (due_on, number);
create index on appeals (call);
create index on appeals (citizen);

-- Alarms: something a person must look at; open until resolved. -------------

create table alarms (
  id uuid primary key default uuidv7(),
  kind text not null,
  subject text not null,
  detail text not null,
  raised_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by uuid references staff_members (id)
);
create unique index one_open_alarm on alarms (kind, subject) where resolved_at is null;

-- The event log: appended in the transaction of the change it tells of. ----

create table events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  type text not null,
  call uuid,
  appeal uuid,
  actor uuid,
  body jsonb not null,
  -- Set for events replayed from a journal: the same event is never written twice.
  key text unique
);
create index on events (call) where call is not null;
create index on events (appeal) where appeal is not null;
create index on events (at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The event log is append-only: % refused', tg_op;
end $$;
create trigger events_are_append_only before update or delete or truncate on events
  for each statement execute function refuse_change();

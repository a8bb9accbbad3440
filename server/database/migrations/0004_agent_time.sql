-- Agents' time: one interval for each status, never two at once; breaks with their rules; wishes for a break;
-- what an agent had written of a call when the time for its wrap-up was over.

-- Each change of status says whose doing it was; rows from before that have no cause.
alter table agent_status_intervals add column cause text check (cause in ('agent', 'supervisor', 'offered',
  'offerMissed', 'offerWithdrawn', 'callEnded', 'lineLost', 'lineBack', 'wrapUpLimit', 'signInEnded',
  'serverRestarted'));
-- The call that rang, was talked in or was wrapped up.
alter table agent_status_intervals add column call uuid;
-- Until when it was meant to last at most: a wrap-up with its extensions, a break with a limit.
alter table agent_status_intervals add column limit_at timestamptz;
alter table agent_status_intervals add column extensions smallint not null default 0;
-- A break that was marked as longer than its limit.
alter table agent_status_intervals add column is_over_limit boolean not null default false;

-- Set right what a clock that was set back may have left.
delete from agent_status_intervals where ended_at <= started_at;
update agent_status_intervals as earlier set ended_at = later.started_at
  from (
    select agent, started_at, lag(started_at) over (partition by agent order by started_at) as previous
    from agent_status_intervals
  ) as later
  where earlier.agent = later.agent and earlier.started_at = later.previous
    and coalesce(earlier.ended_at, 'infinity') > later.started_at;

-- btree_gist lets the agent stand beside the time in one index. It is trusted: the owner of a database may add it.
create extension if not exists btree_gist;
alter table agent_status_intervals
  add constraint lasted check (ended_at > started_at),
  add constraint never_two_at_once
    exclude using gist (agent with =, tstzrange(started_at, ended_at) with &&);

create table break_reasons (
  code text primary key check (code ~ '^[a-z][a-zA-Z0-9]{0,31}$'),
  names jsonb not null,
  paid boolean not null,
  limit_minutes smallint check (limit_minutes between 1 and 480),
  needs_approval boolean not null,
  position smallint not null
);
-- An organisation that is at work already keeps the breaks it had.
insert into break_reasons (code, names, paid, limit_minutes, needs_approval, position)
select code, names::jsonb, paid, null::smallint, false, position
from (values
  ('rest', '{"uz": "Dam olish", "ru": "Отдых"}', true, 1),
  ('lunch', '{"uz": "Tushlik", "ru": "Обед"}', false, 2),
  ('training', '{"uz": "Oʻquv mashgʻuloti", "ru": "Обучение"}', true, 3)
) as before (code, names, paid, position)
where exists (select from settings where name = 'organisation');

-- A break that could not begin at once: it waits for a supervisor, or for the end of a call.
create table break_requests (
  agent uuid not null references staff_members (id),
  asked_at timestamptz not null,
  asked_by uuid not null references staff_members (id),
  reason text not null,
  status text not null check (status in ('asked', 'approved', 'refused', 'used', 'withdrawn', 'lapsed')),
  -- Null where nobody had to agree.
  valid_until timestamptz,
  decided_at timestamptz,
  decided_by uuid references staff_members (id),
  primary key (agent, asked_at)
);
create index open_requests on break_requests (agent) where status in ('asked', 'approved');

-- What an agent has filled in and not sent yet; gone when the call is wrapped up.
create table wrap_up_drafts (
  call uuid not null references calls (id),
  agent uuid not null references staff_members (id),
  body jsonb not null,
  saved_at timestamptz not null,
  primary key (call, agent)
);
create index calls_to_classify on calls (agent, ended_at)
  where wrapped_up_at is null and connected_at is not null and ended_at is not null;

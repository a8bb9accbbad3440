-- Calls that are consulted about, handed over, or talked by three: each part of a call with its own times and its
-- own wrap-up.

-- An agent's part of a call; that of a colleague whom he had asked in; that of somebody outside.
create table call_legs (
  call uuid not null references calls (id),
  number smallint not null check (number > 0),
  role text not null check (role in ('agent', 'helper', 'outside')),
  agent uuid references staff_members (id),
  -- Of somebody outside: the number that was dialled.
  outside text,
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('ended', 'transferred', 'returned', 'lineLost', 'handedOver', 'left')),
  outcome text check (outcome in ('resolved', 'explained', 'unresolved', 'disputed')),
  note text,
  wrapped_up_at timestamptz,
  primary key (call, number),
  check ((agent is null) <> (outside is null)),
  check ((ended_at is null) = (ended_as is null))
);
create index on call_legs (agent, started_at);
-- Each part waits for its own wrap-up.
drop index if exists calls_to_classify;
create index legs_to_classify on call_legs (agent, ended_at)
  where role = 'agent' and wrapped_up_at is null and ended_at is not null;
create index legs_in_progress on call_legs (call) where ended_at is null;

-- Two agents can begin to be heard in the same millisecond.
alter table talk_intervals drop constraint talk_intervals_pkey, add primary key (call, agent, started_at);

-- Which part of the call the topic belongs to.
alter table call_topics add column leg smallint not null default 1;
alter table call_topics drop constraint call_topics_pkey, add primary key (call, leg, topic);

-- Until now an agent who talked had one part.
insert into call_legs (call, number, role, agent, started_at, ended_at, ended_as, outcome, note, wrapped_up_at)
  select id, 1, 'agent', agent, connected_at, ended_at, case when ended_at is not null then 'ended' end,
    outcome, note, wrapped_up_at
  from calls where agent is not null and connected_at is not null;

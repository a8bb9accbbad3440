-- Citizens who are to be called back, each at the place in the queue that he had.
create table callbacks (
  id uuid primary key,
  -- The call whose place it keeps.
  call uuid not null references calls (id),
  trunk text not null,
  -- The number of ours that he called, which he sees when we call him.
  did text not null,
  number text not null,
  queue text not null,
  topic text,
  language text not null check (language in ('uz', 'ru')),
  since timestamptz not null,
  priority smallint not null,
  reason text not null check (reason in ('asked', 'lost')),
  status text not null check (status in
    ('waiting', 'offered', 'dialling', 'connected', 'done', 'failed', 'expired', 'cancelled')),
  -- How often he was dialled.
  attempts smallint not null default 0,
  promised_at timestamptz not null,
  -- Not called before.
  due_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- Why he was not reached, or what made it needless.
  cause text,
  agent uuid references staff_members (id),
  cancelled_by uuid references staff_members (id),
  check ((status in ('done', 'failed', 'expired', 'cancelled')) = (ended_at is not null))
);
create unique index one_open_callback_a_number on callbacks (number) where ended_at is null;
create index on callbacks (promised_at desc);

-- The callback that reached the citizen, where it was we who called; and the call before this one in the same matter,
-- e.g. the one whose place was kept.
alter table calls add column callback uuid references callbacks (id);
alter table calls add column previous uuid references calls (id);
create index calls_by_previous on calls (previous) where previous is not null;

-- Where calls that go out through a trunk are sent, with the number as {e164}, {digits} or {national}; see
-- server/asterisk/dial-target.ts. Null: to the server it registers with, or its one address.
alter table trunks add column outbound_uri text;

-- An agent is free again because the citizen whom he had called back was not reached.
alter table agent_status_intervals
  drop constraint agent_status_intervals_cause_check,
  add constraint agent_status_intervals_cause_check check (cause in ('agent', 'supervisor', 'offered',
    'offerMissed', 'offerWithdrawn', 'callEnded', 'notReached', 'lineLost', 'lineBack', 'wrapUpLimit', 'signInEnded',
    'serverRestarted'));

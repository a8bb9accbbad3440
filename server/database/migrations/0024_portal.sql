-- Citizens act themselves: in the portal nobody of the staff registers, adds, takes back or opens again.
insert into appeal_moves (from_status, action, to_status) values
  ('registered', 'supplement', 'registered'),
  ('classified', 'supplement', 'classified'),
  ('editing', 'supplement', 'editing'),
  ('approved', 'supplement', 'approved'),
  ('dispatched', 'supplement', 'dispatched'),
  ('received', 'supplement', 'received'),
  ('leavingProposed', 'supplement', 'leavingProposed');
alter table appeals alter column registered_by drop not null;
alter table appeals add column medium text not null default 'phone' check (medium in ('phone', 'portal'));
alter table appeals add constraint registered_by_somebody check ((registered_by is null) = (medium = 'portal'));
alter table appeal_steps alter column actor drop not null;

-- What was sent to citizens, or is to be: written in the transaction of what it tells of. The text of a code goes when it was sent.
create table messages (
  id uuid primary key default uuidv7(),
  kind text not null,
  -- The same thing is told once.
  key text not null unique,
  e164 text not null,
  language text not null,
  appeal uuid references appeals (id),
  text text,
  status text not null default 'queued' check (status in ('queued', 'sending', 'sent', 'failed', 'uncertain')),
  segments smallint,
  attempts smallint not null default 0,
  provider_id text,
  problem text,
  created_at timestamptz not null default now(),
  taken_at timestamptz,
  ended_at timestamptz
);
create index on messages (appeal) where appeal is not null;
create index messages_on_their_way on messages (taken_at) where status = 'sending';

-- Codes that prove a telephone. Only their keyed hash is kept.
create table phone_codes (
  id uuid primary key default uuidv7(),
  e164 text not null,
  visitor bytea not null,
  hash bytea not null,
  sent_at timestamptz not null,
  tries smallint not null default 0,
  used_at timestamptz
);
create index on phone_codes (e164, sent_at);

-- A form that waits for its code. Its key is that of the appeal that comes of it; then the words stand there.
create table portal_filings (
  key uuid primary key,
  visitor bytea not null,
  language text not null,
  kind text not null check (kind in ('application', 'proposal', 'complaint')),
  e164 text not null,
  name text,
  text text,
  code uuid references phone_codes (id),
  filed_at timestamptz not null default now(),
  proven_at timestamptz,
  appeal uuid unique references appeals (id),
  check (appeal is not null or (name is not null and text is not null)),
  check (appeal is null or proven_at is not null)
);
create index on portal_filings (e164) where appeal is not null;

create table citizen_sign_ins (
  token_hash bytea primary key,
  e164 text not null,
  language text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);

create table appeal_ratings (
  appeal uuid primary key references appeals (id),
  stars smallint not null check (stars between 1 and 5),
  words text not null default '' check (length(words) <= 2000),
  rated_at timestamptz not null
);

-- A citizen asks for the sound of his call; somebody decides, because a telephone is no proof of who spoke.
create table recording_requests (
  id uuid primary key default uuidv7(),
  call uuid not null references calls (id),
  e164 text not null,
  asked_at timestamptz not null,
  status text not null default 'asked' check (status in ('asked', 'granted', 'refused')),
  reason text not null default '' check (length(reason) <= 2000),
  decided_at timestamptz,
  decided_by uuid references staff_members (id),
  unique (call, e164),
  check ((status = 'asked') = (decided_by is null))
);
create index recordings_asked_for on recording_requests (asked_at) where status = 'asked';

-- Where a demo organisation's messages go instead of to telephones: `./javob messages` shows them.
create table demo_messages (
  id uuid primary key,
  e164 text not null,
  text text not null,
  sent_at timestamptz not null default now()
);

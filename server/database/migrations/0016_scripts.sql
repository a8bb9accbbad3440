-- Guided scripts by version, and what an agent ticked of one in his part of a call.

create table scripts (
  key text not null,
  version integer not null check (version > 0),
  body jsonb not null,
  published_at timestamptz not null default now(),
  published_by uuid references staff_members (id),
  primary key (key, version)
);

-- With the version it was ticked in: what an agent had before him stays known when the script has changed.
alter table call_legs add column script jsonb;

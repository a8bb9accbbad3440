-- When the office works and what that means for due days, in versions. Until one is saved, what the code holds counts.
create table calendar_versions (
  version integer primary key check (version > 0),
  -- Working days a week, what becomes of a due day that is not worked, working hours, days off and their like.
  form jsonb not null,
  -- Appeals of which a day moved when it was saved.
  moved integer not null,
  saved_at timestamptz not null default now(),
  saved_by uuid not null references staff_members (id)
);

-- What a person decided about two appeals that look alike: whether the one repeats the other, or doubles it.
create table appeal_links (
  appeal uuid not null references appeals (id),
  other uuid not null references appeals (id),
  flag text not null check (flag in ('repeat', 'duplicate')),
  accepted boolean not null,
  decided_by uuid not null references staff_members (id),
  decided_at timestamptz not null,
  primary key (appeal, other, flag),
  check (appeal <> other)
);
create index on appeal_links (other);

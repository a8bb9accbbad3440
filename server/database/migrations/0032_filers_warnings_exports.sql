-- Who sent an appeal beside the citizen whose card it is on.
-- A collective one: [{"name", "residence"}]. A representative: {"name", "ground", "hasPapers"}.
alter table appeals add column cosigners jsonb not null default '[]';
alter table appeals add column representative jsonb;
-- Nobody said who he is: written down, and not considered (article 29). The citizen is then one card that is nobody's.
alter table appeals add column is_anonymous boolean not null default false;
-- Somebody keeps an eye on it.
alter table appeals add column under_control boolean not null default false;
create index on appeals (id) where under_control;
create index on appeals (id) where is_anonymous;

-- Each warning once for each due day, whatever restarts in between.
create table appeal_warnings (
  appeal uuid not null references appeals (id),
  warning text not null check (warning in ('threeDaysLeft', 'oneDayLeft', 'overdue')),
  due_on date not null,
  at timestamptz not null default now(),
  primary key (appeal, due_on, warning)
);

-- What was taken out of the system, by whom and why; the file carries the same.
create table appeal_exports (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  by uuid not null references staff_members (id),
  reason text not null check (length(reason) between 5 and 500),
  chosen jsonb not null,
  appeals integer not null
);

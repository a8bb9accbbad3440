-- Guided scripts are edited: version 0 is the draft, everything else was published and is never written over.

alter table scripts drop constraint scripts_version_check;
alter table scripts alter column published_at drop not null;
alter table scripts alter column published_at drop default;
alter table scripts add column saved_at timestamptz not null default now();
alter table scripts add column saved_by uuid references staff_members (id);
-- The older version that this one brought back.
alter table scripts add column restored integer;
alter table scripts add check (version >= 0);
alter table scripts add check ((version = 0) = (published_at is null));
update scripts set saved_at = published_at, saved_by = published_by;

-- Where a legal entity has its seat, and who of its people calls for it.

alter table citizens add column address text not null default '';

create table citizen_contacts (
  id uuid primary key default uuidv7(),
  entity uuid not null references citizens (id),
  person uuid not null references citizens (id),
  -- As people say it: director, accountant.
  role text not null,
  added_at timestamptz not null default now(),
  added_by uuid not null references staff_members (id),
  ended_at timestamptz,
  ended_by uuid references staff_members (id),
  check (entity <> person),
  check ((ended_at is null) = (ended_by is null))
);
create unique index one_open_contact on citizen_contacts (entity, person) where ended_at is null;
create index contacts_of_person on citizen_contacts (person) where ended_at is null;

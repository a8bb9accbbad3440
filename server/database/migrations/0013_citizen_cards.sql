-- A citizen's card: who he is, in versions so that nobody writes over what he has not seen, and merged with another
-- card of the same citizen without losing the way back.

alter table citizens add column kind text not null default 'person' check (kind in ('person', 'legalEntity'));
alter table citizens add column name_cyrillic text not null default '';
alter table citizens add column birth_on date;
alter table citizens add column is_minor boolean not null default false;
alter table citizens add column pinfl text;
alter table citizens add column passport text;
alter table citizens add column stir text;
alter table citizens add column region text;
alter table citizens add column representative text not null default '';
alter table citizens add column consent text not null default 'notAsked'
  check (consent in ('notAsked', 'given', 'refused'));
alter table citizens add column consent_at timestamptz;
alter table citizens add column version integer not null default 1;
alter table citizens add column status text not null default 'current' check (status in ('current', 'merged'));
-- The card this one was merged into, and the one under which it is shown: itself, or the last of the way up.
alter table citizens add column merged_into uuid references citizens (id);
alter table citizens add column shown_as uuid references citizens (id);
alter table citizens add column changed_at timestamptz;
alter table citizens add column changed_by uuid references staff_members (id);

update citizens set shown_as = id;
alter table citizens alter column shown_as set not null;
alter table citizens add check ((status = 'merged') = (merged_into is not null) and (status = 'merged') = (shown_as <> id));

create function shown_as_itself() returns trigger language plpgsql as $$
begin
  new.shown_as := coalesce(new.shown_as, new.id);
  return new;
end $$;
create trigger shown_as_itself before insert on citizens for each row execute function shown_as_itself();

create index on citizens (shown_as);
-- By the beginning of a name, in order.
create index citizens_by_key_start on citizens (search_key);
create index on citizens (pinfl) where pinfl is not null;
create index on citizens (stir) where stir is not null;

alter table citizen_numbers add column standing text not null default 'claimed'
  check (standing in ('notHis', 'claimed', 'calledFrom', 'confirmed'));
-- The ones seen last are what is asked for.
create index on citizen_numbers (e164, seen_at desc);
drop index citizen_numbers_e164_idx;

create table citizen_merges (
  id uuid primary key default uuidv7(),
  kept uuid not null references citizens (id),
  other uuid not null references citizens (id),
  merged_at timestamptz not null default now(),
  merged_by uuid not null references staff_members (id),
  -- Fields that the kept card learnt from the other.
  filled text[] not null,
  split_at timestamptz,
  split_by uuid references staff_members (id),
  check ((split_at is null) = (split_by is null))
);
create unique index one_open_merge on citizen_merges (other) where split_at is null;
create index on citizen_merges (kept);

create index on calls (citizen, arrived_at desc) where citizen is not null;
create index events_of_citizen on events ((body ->> 'citizen'), id) where (body ->> 'citizen') is not null;
create index events_of_merged_card on events ((body ->> 'mergedCard'), id) where (body ->> 'mergedCard') is not null;

-- The classifier is kept in versions: a report of an old month has the tree of that month. A call keeps the codes it
-- was given and the version they were chosen from; topics holds what can be chosen now, and the codes of earlier times.
create table classifier_versions (
  version integer primary key,
  status text not null check (status in ('draft', 'published', 'retired')),
  -- In the order of the codes: code, names by language, kind, queue.
  nodes jsonb not null,
  saved_at timestamptz not null default now(),
  saved_by uuid references staff_members (id),
  published_at timestamptz,
  published_by uuid references staff_members (id),
  -- The older version that this one brings back.
  restored integer
);
create unique index one_published_classifier on classifier_versions (status) where status = 'published';
create unique index one_draft_of_classifier on classifier_versions (status) where status = 'draft';

-- Who answers such questions, where the menu does not say it.
alter table topics add column queue text references queues (id);
alter table topics add column retired boolean not null default false;
-- What is no appeal has a kind too.
update topics set default_kind = 'consultation' where default_kind is null and level = 3;

alter table call_topics add column classifier integer references classifier_versions (version);

insert into classifier_versions (version, status, nodes, published_at)
select 1, 'published', jsonb_agg(jsonb_build_object('code', code, 'names', names, 'kind', default_kind, 'queue', null)
  order by code), '2026-01-01T00:00:00+05'
from topics having count(*) > 0;
update call_topics set classifier = 1;

-- A break that was taken out of use keeps its name for the days it was taken on.
alter table break_reasons add column retired boolean not null default false;

-- Trunks are changed by an administrator; see staff_members.edits.
alter table trunks add column edits integer not null default 1;

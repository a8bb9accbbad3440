-- Articles, questions and answers, scripts and acts of law, in versions that are never written over; and what is needed
-- to find them. The FAQ moves here with its numbers, texts and bases, as what is published.

create table knowledge_items (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('faq', 'article', 'script', 'law')),
  created_at timestamptz not null default now(),
  -- The version whose words the search knows, and by which form of the rules it was read; see server/knowledge/search.ts.
  found_version integer,
  found_form smallint
);

create table knowledge_versions (
  item integer not null references knowledge_items (id),
  version integer not null check (version > 0),
  status text not null check (status in ('draft', 'approved', 'published', 'replaced', 'withdrawn')),
  -- {uz: {title, text}, ru: …, en: …}, at least one of them.
  content jsonb not null,
  topics text[] not null default '{}',
  basis text not null default '',
  owner uuid references staff_members (id),
  valid_from date,
  valid_until date,
  must_read boolean not null default false,
  saved_at timestamptz not null default now(),
  saved_by uuid references staff_members (id),
  approved_at timestamptz,
  approved_by uuid references staff_members (id),
  published_at timestamptz,
  published_by uuid references staff_members (id),
  -- Replaced or withdrawn.
  ended_at timestamptz,
  ended_by uuid references staff_members (id),
  primary key (item, version),
  check (valid_until >= valid_from),
  check ((status in ('replaced', 'withdrawn')) = (ended_at is not null))
);
create unique index one_published_knowledge_version on knowledge_versions (item) where status = 'published';
create unique index one_knowledge_version_in_work on knowledge_versions (item) where status in ('draft', 'approved');

-- The words an item is found by, as keys; in the order of their bytes, so that a beginning is a range.
create table knowledge_words (
  word text collate "C" not null,
  item integer not null references knowledge_items (id),
  weight real not null,
  primary key (word, item) include (weight)
);
create index on knowledge_words (item);

-- Each of these words once, with the number of items that have it; trigrams find those that a typed one may have meant.
create table knowledge_vocabulary (
  word text collate "C" primary key,
  items integer not null
);
-- The counts change, the words do not: a count is written beside the old one.
alter table knowledge_vocabulary set (fillfactor = 80);
create index knowledge_vocabulary_by_trigrams on knowledge_vocabulary using gin (word gin_trgm_ops);

insert into knowledge_items (id, kind) overriding system value select id, 'faq' from faq_entries order by id;
select setval(pg_get_serial_sequence('knowledge_items', 'id'), greatest(1, (select max(id) from knowledge_items)),
  exists (select from knowledge_items));
insert into knowledge_versions (item, version, status, content, topics, basis, published_at)
  select id, 1, 'published',
    jsonb_build_object(
      'uz', jsonb_build_object('title', questions ->> 'uz', 'text', answers ->> 'uz'),
      'ru', jsonb_build_object('title', questions ->> 'ru', 'text', answers ->> 'ru')),
    array[topic], basis, now()
  from faq_entries;
drop table faq_entries;

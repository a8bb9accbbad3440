-- What becomes of knowledge: what agents had on screen in which call, whether it helped, who has read what must be read,
-- and what was searched for in vain.

create table call_knowledge (
  call uuid not null references calls (id),
  agent uuid not null references staff_members (id),
  item integer not null,
  version integer not null,
  shown_at timestamptz not null default now(),
  primary key (call, agent, item, version),
  foreign key (item, version) references knowledge_versions (item, version)
);

create table knowledge_votes (
  item integer not null,
  version integer not null,
  staff uuid not null references staff_members (id),
  useful boolean not null,
  voted_at timestamptz not null default now(),
  primary key (item, version, staff),
  foreign key (item, version) references knowledge_versions (item, version)
);

create table knowledge_readings (
  item integer not null,
  version integer not null,
  staff uuid not null references staff_members (id),
  read_at timestamptz not null default now(),
  primary key (item, version, staff),
  foreign key (item, version) references knowledge_versions (item, version)
);

-- One row for all ways of writing the same words; see core/text/search-key.ts.
create table knowledge_misses (
  id integer generated always as identity primary key,
  key text not null unique,
  words text not null,
  times integer not null default 1,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now()
);

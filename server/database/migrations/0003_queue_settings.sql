-- How queues are served, in versions, and how well agents do what queues ask for.

-- Languages are skills too; what they are called in rules are their codes. The words of the notation are taken.
create table skills (
  id text primary key check (id ~ '^[a-z][a-zA-Z0-9]{0,31}$' and id not in ('any', 'then', 'wait', 'language')),
  names jsonb not null,
  position smallint not null
);
insert into skills (id, names, position) values
  ('uz', '{"uz": "Oʻzbek tili", "ru": "Узбекский язык"}', 0),
  ('ru', '{"uz": "Rus tili", "ru": "Русский язык"}', 1);

-- No row is level 0. A language that a member of staff speaks at all is in staff_members.languages as well.
create table agent_skills (
  staff_id uuid not null references staff_members (id) on delete cascade,
  skill_id text not null references skills (id),
  level smallint not null check (level between 1 and 100),
  primary key (staff_id, skill_id)
);
insert into agent_skills (staff_id, skill_id, level)
  select id, language, 100 from staff_members, unnest(languages) as language where role = 'agent';

-- The newest version is the one that holds; a queue without any is served as core/routing says by default.
create table queue_settings (
  queue text not null references queues (id),
  version integer not null check (version > 0),
  body jsonb not null,
  saved_at timestamptz not null default now(),
  saved_by uuid references staff_members (id),
  -- The older version that this one brings back.
  restored integer,
  primary key (queue, version)
);

-- Which run of the server writes what happens to the calls of a node. The number grows with
-- every run that takes over; a run whose number is not the last has been replaced and writes nothing.

create table call_writers (
  node text primary key,
  token bigint not null,
  taken_at timestamptz not null default now()
);

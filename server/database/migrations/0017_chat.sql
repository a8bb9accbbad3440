-- The team's chat. Messages are kept as they were sent: none is changed or taken back.

create table chat_rooms (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('open', 'closed', 'direct')),
  title text not null,
  -- Of two people: who they are, so that they have one room.
  direct_key text unique check ((kind = 'direct') = (direct_key is not null)),
  created_at timestamptz not null default now(),
  created_by uuid references staff_members (id)
);

create table chat_members (
  room uuid not null references chat_rooms (id),
  staff uuid not null references staff_members (id),
  primary key (room, staff)
);
create index on chat_members (staff);

create table chat_messages (
  id bigint generated always as identity primary key,
  room uuid not null references chat_rooms (id),
  author uuid not null references staff_members (id),
  sent_at timestamptz not null default now(),
  text text not null,
  mentions uuid[] not null default '{}',
  -- A call in progress may not have its row yet.
  call uuid,
  appeal uuid references appeals (id),
  request_key uuid not null,
  unique (author, request_key)
);
create index on chat_messages (room, id);
create index on chat_messages (author, sent_at);

create function refuse_chat_change() returns trigger language plpgsql as $$
begin
  raise exception 'Messages are kept as they were sent: % refused', tg_op;
end $$;
create trigger chat_messages_are_kept before update or delete or truncate on chat_messages
  for each statement execute function refuse_chat_change();

create table chat_reads (
  room uuid not null references chat_rooms (id),
  staff uuid not null references staff_members (id),
  up_to bigint not null,
  primary key (room, staff)
);

-- The room of everybody, which has no name of its own.
insert into chat_rooms (kind, title) values ('open', '');

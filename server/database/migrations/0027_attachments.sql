-- Files, each kept once by the hash of its content, and what they are attached to.

-- The file is on the disk before its row is committed; a row that nothing names any more is swept with its file.
create table stored_files (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes > 0),
  -- When somebody last sent it: what is being attached just now is not swept.
  seen_at timestamptz not null default now()
);
create index on stored_files (seen_at);

create table attachments (
  id uuid primary key default uuidv7(),
  appeal uuid not null references appeals (id),
  -- With the citizen's appeal, or with the reply to it.
  part text not null check (part in ('appeal', 'reply')),
  -- Gone with the file when it was attached by mistake; that it was there stays.
  sha256 text references stored_files (sha256),
  name text check (length(name) between 1 and 400),
  type text not null,
  bytes integer not null check (bytes > 0),
  added_at timestamptz not null,
  -- None where the citizen sent it himself.
  added_by uuid references staff_members (id),
  removed_at timestamptz,
  removed_by uuid references staff_members (id),
  -- The same form sent twice attaches once.
  request_key uuid not null unique,
  check ((sha256 is null) = (removed_at is not null)),
  check ((name is null) = (removed_at is not null))
);
create index on attachments (appeal, id);
create index on attachments (sha256);

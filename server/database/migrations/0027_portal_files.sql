-- Files a citizen adds to a form before its telephone is proven; then they are attached to the appeal, and these rows go.
create table portal_files (
  -- Of the attachment that comes of it.
  id uuid primary key default gen_random_uuid(),
  form uuid not null references portal_filings (key) on delete cascade,
  sha256 text not null references stored_files (sha256),
  name text not null check (length(name) between 1 and 400),
  type text not null,
  bytes integer not null check (bytes > 0),
  added_at timestamptz not null default now(),
  unique (form, sha256)
);
create index on portal_files (sha256);

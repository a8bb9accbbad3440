-- The official document of an appeal: the templates it is made from, and each version that was made.
create table document_templates (
  language text not null check (language in ('uz', 'uz-Cyrl', 'ru')),
  version integer not null check (version > 0),
  -- None where it was given back to the one that every copy has.
  sha256 text references stored_files (sha256),
  saved_at timestamptz not null,
  saved_by uuid not null references staff_members (id),
  primary key (language, version)
);
create index on document_templates (sha256);

create table appeal_documents (
  id uuid primary key default uuidv7(),
  appeal uuid not null references appeals (id),
  version integer not null check (version > 0),
  language text not null check (language in ('uz', 'uz-Cyrl', 'ru')),
  -- None: the one that every copy has.
  template integer,
  -- The move that sent it off; none where somebody had it made.
  step uuid unique references appeal_steps (id),
  docx text not null references stored_files (sha256),
  pdf text not null references stored_files (sha256),
  docx_bytes integer not null,
  pdf_bytes integer not null,
  made_at timestamptz not null,
  made_by uuid references staff_members (id),
  unique (appeal, version)
);
create index on appeal_documents (docx);
create index on appeal_documents (pdf);

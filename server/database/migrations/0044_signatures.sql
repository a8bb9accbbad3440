-- Signatures of officials under replies, extensions and conclusions, by the national E-IMZO.

-- Whose certificate it must be, where it is known.
alter table staff_members add column pinfl text check (pinfl ~ '^[1-6][0-9]{13}$');

create table signatures (
  id uuid primary key default uuidv7(),
  appeal uuid not null references appeals (id),
  decision text not null check (decision in ('reply', 'extension', 'conclusion')),
  -- The very text that was signed, and what it is told apart by.
  text text not null,
  text_sha256 text not null,
  -- With the time stamp, as it was found right: whoever doubts it can have it checked again anywhere.
  pkcs7 bytea not null,
  -- Of the signature as it came: sent again, it is the same one.
  given_sha256 text not null unique,
  signer_name text not null,
  signer_organisation text,
  signer_pinfl text,
  certificate_serial text not null,
  certificate_issuer text not null,
  certificate_valid_to timestamptz not null,
  is_same_person boolean,
  signed_at timestamptz not null,
  verified_at timestamptz not null,
  verified_by text not null,
  signed_by uuid not null references staff_members (id),
  -- The move it went with; none until then. A move has one signature at most.
  step uuid unique references appeal_steps (id)
);
create index signatures_of_appeals on signatures (appeal);

-- What was signed and checked stays as it is; once it goes with a move it goes with no other.
create function keep_signatures() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.step is null and to_jsonb(new) - 'step' = to_jsonb(old) - 'step' then return new; end if;
  end if;
  raise exception 'A signature is never changed' using errcode = 'restrict_violation';
end $$;
create trigger signatures_are_kept before update or delete on signatures
  for each row execute function keep_signatures();
create trigger signatures_are_not_emptied before truncate on signatures
  for each statement execute function keep_signatures();

-- Citizens sign in by OneID too: then a person is proven, by his PINFL, and no telephone.
alter table citizen_sign_ins
  alter column e164 drop not null,
  add column pinfl text,
  add column name text,
  -- With which OneID is told that he has signed out; only with his cookie can it be read.
  add column provider_token bytea,
  add constraint sign_in_of_one check (num_nonnulls(e164, pinfl) = 1),
  add constraint person_has_a_name check ((pinfl is null) = (name is null));
create index citizen_sign_ins_by_end on citizen_sign_ins (expires_at);

-- A form of a person who is proven needs no telephone; with one it is proven by a code too.
alter table portal_filings
  alter column e164 drop not null,
  add column pinfl text,
  add constraint filed_by_somebody check (num_nonnulls(e164, pinfl) >= 1);
create index on portal_filings (pinfl) where pinfl is not null and appeal is not null;

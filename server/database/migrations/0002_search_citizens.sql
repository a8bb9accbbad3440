-- Citizens are found by name in either script: the key is made by core/text/search-key.ts
-- and written beside the name. Trigrams let any part of it be found among millions.

create extension if not exists pg_trgm;

alter table citizens add column search_key text not null default '';
create index citizens_by_search_key on citizens using gin (search_key gin_trgm_ops);
create index citizen_numbers_by_digits on citizen_numbers using gin (e164 gin_trgm_ops);

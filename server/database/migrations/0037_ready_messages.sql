-- A message that an agent chose for whoever called: in which call, which one, and who chose it.
alter table messages add column call uuid references calls (id);
alter table messages add column ready text;
alter table messages add column sent_by uuid references staff_members (id);
alter table messages add constraint ready_message_of_a_call check
  (case when kind = 'ready' then call is not null and ready is not null and sent_by is not null
    else call is null and ready is null and sent_by is null end);
create index on messages (call) where call is not null;
create index ready_messages_of_a_number on messages (e164, created_at) where kind = 'ready';

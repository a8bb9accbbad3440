-- A call that was transferred to one agent waits for him alone, for the next server too.
alter table queue_visits add column meant_for uuid references staff_members (id);

-- A server that starts counts what each agent has answered since he signed on: the order "fewest calls" goes by it.
create index offers_answered on offers (agent, offered_at) where ended_as = 'answered';

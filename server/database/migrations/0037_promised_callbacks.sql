-- Callbacks that an agent promised in a call: who did, and for whom if not for anybody of the queue.
alter table callbacks drop constraint callbacks_reason_check;
alter table callbacks add constraint callbacks_reason_check check (reason in ('asked', 'lost', 'promised'));
alter table callbacks add column promised_by uuid references staff_members (id);
alter table callbacks add column meant_for uuid references staff_members (id);
alter table callbacks add constraint promised_by_an_agent check ((reason = 'promised') = (promised_by is not null));
create index on callbacks (call);

-- A call that broke off because the engine died under it was ended by nobody who spoke on it.

alter table calls drop constraint calls_ended_by_check;
alter table calls add constraint calls_ended_by_check
  check (ended_by in ('citizen', 'agent', 'system', 'engine'));

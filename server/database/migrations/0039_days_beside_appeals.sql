-- By when each appeal is owed a reply, and why. Beside the appeal and not in it: a changed calendar moves a hundred
-- thousand of them, and each would otherwise write its texts anew, and be written into every index of appeals.

-- As clockRuns in core/appeals/appeal-status.ts has it; a test compares them.
create function appeal_clock_runs(status text) returns boolean immutable parallel safe language sql return status in
  ('registered', 'classified', 'editing', 'approved', 'dispatched', 'received', 'leavingProposed');

create table appeal_days (
  appeal uuid primary key references appeals (id),
  -- None where another procedure than the law on appeals counts.
  due_on date,
  due_steps jsonb not null,
  -- Whether a reply is still owed, for the lists by due day. An appeal begins so.
  clock_runs boolean not null default true
);
insert into appeal_days (appeal, due_on, due_steps, clock_runs)
  select id, due_on, due_steps, appeal_clock_runs(status) from appeals order by id;
alter table appeals drop column due_on;
alter table appeals drop column due_steps;
create index open_appeals_by_due_day on appeal_days (due_on, appeal) where clock_runs;

-- Whoever changes a status, no list keeps what is over.
create function keep_clock() returns trigger language plpgsql as $$
begin
  update appeal_days set clock_runs = appeal_clock_runs(new.status) where appeal = new.id;
  return null;
end $$;
create trigger clock_follows_status after update of status on appeals
  for each row when (appeal_clock_runs(old.status) <> appeal_clock_runs(new.status)) execute function keep_clock();
analyze appeal_days;

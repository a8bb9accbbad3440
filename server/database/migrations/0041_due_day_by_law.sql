-- No appeal is without a due day but where another procedure than the law on appeals counts, and none has one there. The
-- track and the day stand in two tables since 0039, and change in one transaction: so it is asked when that ends. Of a
-- changed calendar, which makes no day of none, nothing is asked.
create function refuse_day_against_law(asked uuid) returns void language plpgsql as $$
declare
  wrong text;
begin
  select number into wrong from appeals join appeal_days on appeal = id
    where id = asked and (due_on is null) <> (track = 'testScore');
  if found then
    raise exception 'The due day of appeal % is not as its procedure has it', wrong
      using errcode = 'check_violation', constraint = 'due_by_law';
  end if;
end $$;
create function check_days_of_appeal() returns trigger language plpgsql as $$
begin
  perform refuse_day_against_law(new.id);
  return null;
end $$;
create function check_appeal_of_days() returns trigger language plpgsql as $$
begin
  perform refuse_day_against_law(new.appeal);
  return null;
end $$;

create constraint trigger due_by_law after insert on appeal_days deferrable initially deferred
  for each row execute function check_appeal_of_days();
create constraint trigger due_by_law_still after update of due_on on appeal_days deferrable initially deferred
  for each row when ((old.due_on is null) <> (new.due_on is null)) execute function check_appeal_of_days();
create constraint trigger due_by_law_of_track after update of track on appeals deferrable initially deferred
  for each row when (old.track <> new.track) execute function check_days_of_appeal();

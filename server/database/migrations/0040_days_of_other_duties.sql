-- Two days beside the due day of a reply: by when the author of a proposal is told in writing that it is studied
-- (article 28, ten days), and by when what is not ours to decide is sent on (article 25, five days). None where there is
-- nothing to be done, or no more.
insert into appeal_moves (from_status, action, to_status) values
  ('registered', 'tellOfStudy', 'registered'),
  ('classified', 'tellOfStudy', 'classified'),
  ('editing', 'tellOfStudy', 'editing'),
  ('approved', 'tellOfStudy', 'approved'),
  ('dispatched', 'tellOfStudy', 'dispatched'),
  ('received', 'tellOfStudy', 'received'),
  ('leavingProposed', 'tellOfStudy', 'leavingProposed');

alter table appeal_days add column notice_on date;
alter table appeal_days add column forward_on date;
-- How they came about: {"notice": [step], "forwarding": [step]}, as due_steps has it of the reply.
alter table appeal_days add column other_steps jsonb not null default '{}';
-- The first of its days: what an appeal stands by in the lists of what is due.
alter table appeal_days add column next_on date generated always as (least(due_on, notice_on, forward_on)) stored;

-- What is open, counted as the server counts it by a calendar that leaves due days where they are; where one moves them,
-- the next change of the appeal or of the calendar does, and says of a day that it is off. Until now the day of the notice
-- was the last of the steps.
create temporary table counted on commit drop as
  with opened as (
    select appeals.id, grants, kind, coalesce(start.day, registered_on) as start_on, start.steps, days.due_steps,
      (select coalesce(max(place), 0) from appeal_steps
        where appeal_steps.appeal = appeals.id and action = 'reopen') as opened_at
    from appeal_days days join appeals on appeals.id = days.appeal,
      lateral (
        select max((step ->> 'day')::date) filter (where step ->> 'text' = 'reopened') as day,
          coalesce(jsonb_agg(step order by place) filter (where step ->> 'text' in
            ('receivedInTime', 'receivedAfterHours', 'receivedOnDayOff', 'dayZero', 'reopened')), '[]') as steps
        from jsonb_array_elements(days.due_steps) with ordinality as one (step, place)
      ) start
    where days.clock_runs and appeals.track <> 'testScore'
  )
  select id, start_on, steps, due_steps, kind = 'proposal' and 'study' = any (grants) as is_notice_owed,
    not exists (select from appeal_steps
      where appeal_steps.appeal = opened.id and place > opened_at
        and action in ('approve', 'study', 'extend')) as is_forwarding_open
  from opened;

update appeal_days set
  notice_on = case when is_notice_owed then start_on + 10 end,
  forward_on = case when is_forwarding_open then start_on + 5 end,
  due_steps = (select coalesce(jsonb_agg(step order by place), '[]')
    from jsonb_array_elements(counted.due_steps) with ordinality as one (step, place)
    where step ->> 'text' <> 'proposalStudy'),
  other_steps = jsonb_strip_nulls(jsonb_build_object(
    'notice', case when is_notice_owed then steps || jsonb_build_object(
      'text', 'proposalStudy', 'day', start_on + 10, 'article', 'OʻRQ-445, 28-modda') end,
    'forwarding', case when is_forwarding_open then steps || jsonb_build_object(
      'text', 'sendOn', 'day', start_on + 5, 'article', 'OʻRQ-445, 25-modda') end))
from counted where appeal = id and (is_notice_owed or is_forwarding_open);

-- What is overdue is read by the first; what is due today, or soon, by the others.
create index open_appeals_by_next_day on appeal_days (next_on, appeal) where clock_runs;
create index open_appeals_by_day_of_forwarding on appeal_days (forward_on) where clock_runs and forward_on is not null;
create index open_appeals_by_day_of_notice on appeal_days (notice_on) where clock_runs and notice_on is not null;

-- Warnings are given of each of them.
alter table appeal_warnings add column duty text not null default 'reply';
alter table appeal_warnings add constraint appeal_warnings_duty_check check (duty in ('reply', 'notice', 'forwarding'));
alter table appeal_warnings drop constraint appeal_warnings_pkey;
alter table appeal_warnings add primary key (appeal, due_on, warning, duty);
analyze appeal_days;

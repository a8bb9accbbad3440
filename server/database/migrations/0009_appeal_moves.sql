-- The life cycle of an appeal: the moves there are, as core/appeals/appeal-status.ts has them, and each that was done.
create table appeal_moves (
  from_status text not null,
  action text not null,
  to_status text not null,
  primary key (from_status, action, to_status),
  unique (from_status, action)
);
insert into appeal_moves (from_status, action, to_status) values
  ('draft', 'register', 'registered'),
  ('draft', 'withdraw', 'withdrawn'),
  ('registered', 'classify', 'classified'),
  ('registered', 'study', 'registered'),
  ('registered', 'extend', 'registered'),
  ('registered', 'forward', 'forwarded'),
  ('registered', 'return', 'returned'),
  ('registered', 'proposeLeaving', 'leavingProposed'),
  ('registered', 'merge', 'merged'),
  ('registered', 'withdraw', 'withdrawn'),
  ('classified', 'classify', 'classified'),
  ('classified', 'edit', 'editing'),
  ('classified', 'study', 'classified'),
  ('classified', 'extend', 'classified'),
  ('classified', 'forward', 'forwarded'),
  ('classified', 'return', 'returned'),
  ('classified', 'proposeLeaving', 'leavingProposed'),
  ('classified', 'merge', 'merged'),
  ('classified', 'withdraw', 'withdrawn'),
  ('editing', 'write', 'editing'),
  ('editing', 'approve', 'approved'),
  ('editing', 'study', 'editing'),
  ('editing', 'extend', 'editing'),
  ('editing', 'forward', 'forwarded'),
  ('editing', 'return', 'returned'),
  ('editing', 'proposeLeaving', 'leavingProposed'),
  ('editing', 'merge', 'merged'),
  ('editing', 'withdraw', 'withdrawn'),
  ('approved', 'dispatch', 'dispatched'),
  ('approved', 'sendBack', 'editing'),
  ('approved', 'study', 'approved'),
  ('approved', 'extend', 'approved'),
  ('approved', 'withdraw', 'withdrawn'),
  ('dispatched', 'receive', 'received'),
  ('dispatched', 'sendBack', 'editing'),
  ('dispatched', 'study', 'dispatched'),
  ('dispatched', 'extend', 'dispatched'),
  ('dispatched', 'withdraw', 'withdrawn'),
  ('received', 'reply', 'replied'),
  ('received', 'sendBack', 'editing'),
  ('received', 'study', 'received'),
  ('received', 'extend', 'received'),
  ('received', 'forward', 'forwarded'),
  ('received', 'return', 'returned'),
  ('received', 'proposeLeaving', 'leavingProposed'),
  ('received', 'withdraw', 'withdrawn'),
  ('replied', 'notify', 'notified'),
  ('replied', 'reopen', 'classified'),
  ('notified', 'close', 'closed'),
  ('notified', 'reopen', 'classified'),
  ('closed', 'reopen', 'classified'),
  ('forwarded', 'notify', 'notified'),
  ('returned', 'notify', 'notified'),
  ('leavingProposed', 'approveLeaving', 'leftUnconsidered'),
  ('leavingProposed', 'refuseLeaving', 'classified'),
  ('leavingProposed', 'withdraw', 'withdrawn'),
  ('leftUnconsidered', 'notify', 'notified'),
  ('merged', 'reopen', 'classified');

alter table appeals
  drop constraint appeals_status_check;
update appeals set status = 'classified' where status = 'inReview';
alter table appeals
  add constraint appeals_status_check check (status in ('draft', 'registered', 'classified', 'editing', 'approved',
    'dispatched', 'received', 'replied', 'notified', 'closed', 'forwarded', 'returned', 'leavingProposed',
    'leftUnconsidered', 'merged', 'withdrawn'));

-- Procedures that are kept apart. Where the law on appeals is not what counts, no due day is counted.
alter table appeals add column track text not null default 'general' check (track in ('general', 'testScore', 'trust'));
alter table appeals alter column due_on drop not null;
alter table appeals add constraint due_by_law check ((due_on is null) = (track = 'testScore'));
-- The editor's words; the citizen's stay what they were.
alter table appeals add column edited_text text check (length(edited_text) between 1 and 20000);
alter table appeals add column editor uuid references staff_members (id);
alter table appeals add column incoming_number text check (length(incoming_number) between 1 and 64);
alter table appeals add column outcome text check (outcome in ('satisfied', 'explained', 'refused', 'forwarded',
  'returned', 'leftUnconsidered', 'merged', 'withdrawn'));
alter table appeals add column merged_into uuid references appeals (id);
alter table appeals add column replied_at timestamptz;
alter table appeals add column reopened_at timestamptz;
-- What made the limit longer since it was last opened: study, extension.
alter table appeals add column grants text[] not null default '{}';
alter table appeals add constraint merged_somewhere check ((merged_into is not null) = (status = 'merged'));
alter table appeals add constraint not_into_itself check (merged_into <> id);

-- Each move that was done, with what was told with it. The event log has the same without the words.
create table appeal_steps (
  id uuid primary key default uuidv7(),
  appeal uuid not null references appeals (id),
  -- From one, without a gap: who acts on an older appeal than there is learns it.
  place integer not null check (place > 0),
  action text not null,
  from_status text not null,
  to_status text not null,
  actor uuid not null references staff_members (id),
  at timestamptz not null,
  -- The same form sent twice moves once.
  request_key uuid not null unique,
  details jsonb not null default '{}',
  unique (appeal, place),
  foreign key (from_status, action, to_status) references appeal_moves (from_status, action, to_status)
);
insert into appeal_steps (appeal, place, action, from_status, to_status, actor, at, request_key)
  select id, 1, 'register', 'draft', 'registered', registered_by, registered_at, request_key from appeals;

-- No status changes but along the table, whoever writes it.
create function refuse_unknown_move() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'registered' then
      raise exception 'An appeal begins registered, not %', new.status using errcode = 'check_violation';
    end if;
  elsif new.status <> old.status and not exists (
    select from appeal_moves where from_status = old.status and to_status = new.status
  ) then
    raise exception 'No move leads an appeal from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger appeals_move_by_the_table before insert or update of status on appeals
  for each row execute function refuse_unknown_move();

-- Work lists.
create index on appeals (status, id);
create index on appeals (registered_by, id);
create index on appeals (editor, id) where editor is not null;
create index open_appeals_by_due_day on appeals (due_on, id) where status in
  ('registered', 'classified', 'editing', 'approved', 'dispatched', 'received', 'leavingProposed');

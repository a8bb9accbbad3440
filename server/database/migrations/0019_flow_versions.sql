-- A version of a flow is written over while it is a draft, may be published from a moment on, and can be brought back.
-- published_at of a scheduled version lies ahead: calls that come from then on walk it.
alter table flow_versions
  drop constraint flow_versions_status_check,
  add constraint flow_versions_status_check check (status in ('draft', 'scheduled', 'published', 'retired'));
alter table flow_versions add column saved_at timestamptz not null default now();
alter table flow_versions add column saved_by uuid references staff_members (id);
-- The older version that this one brings back.
alter table flow_versions add column restored integer;
alter table flow_versions add constraint scheduled_for_a_moment
  check (status <> 'scheduled' or published_at is not null);

update flow_versions set saved_at = created_at, saved_by = created_by;
alter table flow_versions drop column created_at;
alter table flow_versions drop column created_by;

-- Until now every saving made a draft of its own: the newest is the draft from now on, the others are of earlier times.
update flow_versions earlier set status = 'retired'
where status = 'draft' and exists (
  select from flow_versions later
  where later.flow = earlier.flow and later.version > earlier.version and later.status = 'draft');
create unique index one_draft_of_flow on flow_versions (flow) where status = 'draft';
create unique index one_scheduled_of_flow on flow_versions (flow) where status = 'scheduled';

-- Who changed a setting last. Null: a migration, the demo organisation, or somebody by hand.
alter table settings add column changed_by uuid references staff_members (id);

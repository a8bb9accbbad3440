-- Lists by due day read open_appeals_by_due_day; this one only made each change of a due day dearer.
drop index appeals_due_on_number_idx;
-- Whether another was merged into one is asked before it goes itself.
create index on appeals (merged_into) where merged_into is not null;

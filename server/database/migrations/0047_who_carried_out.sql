-- Who carried appeals out before is offered again: the newest assignments are found without looking at every step.
create index appeal_steps_assigned on appeal_steps (id) where action = 'assign';

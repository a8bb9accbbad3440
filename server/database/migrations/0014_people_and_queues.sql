-- People and queues are changed by an administrator.

-- A password that somebody else has made is good for one thing only: to choose one's own.
alter table staff_members add column password_is_one_time boolean not null default false;
-- Counts the changes, so that one administrator does not overwrite another's unseen.
alter table staff_members add column edits integer not null default 1;

-- No new caller is led into a retired queue; the calls that were in it keep its name.
alter table queues add column retired_at timestamptz;

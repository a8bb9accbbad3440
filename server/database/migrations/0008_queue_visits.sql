-- Each stay of a call in a queue, and the one reason for which it left. Those that have not left are waiting:
-- offered = all reasons + waiting, at any instant.
create table queue_visits (
  call uuid not null references calls (id),
  queue text not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  reason text check (reason in ('answered', 'abandoned', 'shortAbandoned', 'calledBack', 'messageLeft',
    'overflowed', 'timedOut', 'saturated', 'closed')),
  check ((left_at is null) = (reason is null))
);
create unique index one_open_visit on queue_visits (call, queue) where left_at is null;
create index on queue_visits (queue, entered_at);
create index on queue_visits (call);

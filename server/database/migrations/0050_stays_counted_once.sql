-- Whoever gave up waiting had two rows: his stay, which the end of his call closed as abandoned, and an empty one beside
-- it with the true reason. The stay gets that reason, and stands alone.
update queue_visits stay set reason = empty.reason from queue_visits empty
where empty.call = stay.call and empty.queue = stay.queue and empty.entered_at = empty.left_at
  and empty.reason in ('abandoned', 'shortAbandoned') and stay.reason = 'abandoned' and stay.entered_at < empty.entered_at;
delete from queue_visits empty
where entered_at = left_at and reason in ('abandoned', 'shortAbandoned') and exists (
  select from queue_visits stay where stay.call = empty.call and stay.queue = empty.queue
    and stay.reason in ('abandoned', 'shortAbandoned') and stay.entered_at < empty.entered_at);

-- Whom the engine asked for a message while no server was there waited for ever.
update queue_visits stay set left_at = greatest(entered_at, calls.ended_at),
  reason = case when calls.lost_reason = 'messageLeft' then 'messageLeft' else 'abandoned' end
from calls where calls.id = stay.call and stay.left_at is null and calls.ended_at is not null;

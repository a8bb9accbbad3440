-- From when a caller has waited where he waits now, which a transfer to another queue begins anew: what a server that
-- starts needs to put the callers whom the last one left back in their order.
alter table calls add column waiting_since timestamptz;

-- Offers that went with a server that died had no end. Those of calls that are over end with them; a server that starts
-- ends the others, and looks for them by this index.
update offers set ended_as = 'withdrawn', ended_at = greatest(offered_at, calls.ended_at)
from calls where calls.id = offers.call and offers.ended_at is null and calls.ended_at is not null;
create index offers_open on offers (agent) where ended_at is null;

-- The telephone that an appeal names. Number and code go there, and whoever holds it follows the appeal.
alter table appeals
  add column telephone text,
  -- How often another one was named since: a code that went to an earlier one opens nothing any more.
  add column follow_series smallint not null default 0;

-- Of those there are already: the telephone that was proven, else the one that was sent number and code.
update appeals set telephone = portal_filings.e164
  from portal_filings where portal_filings.appeal = appeals.id;
update appeals set telephone = told.e164
  from (
    select distinct on (appeal) appeal, e164 from messages
    where kind = 'appealRegistered' and status not in ('failed', 'undelivered') order by appeal, created_at desc
  ) as told
  where told.appeal = appeals.id and telephone is null;

create index appeals_by_telephone on appeals (telephone, id) where telephone is not null;
drop index portal_filings_e164_idx;

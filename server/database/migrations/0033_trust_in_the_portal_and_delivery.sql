-- The citizen says himself that his form is a report of corruption.
alter table portal_filings add column is_confidential boolean not null default false;

-- A gateway may tell afterwards whether a message reached the telephone.
alter table messages
  drop constraint messages_status_check,
  add constraint messages_status_check check (status in ('queued', 'sending', 'sent', 'delivered', 'undelivered',
    'failed', 'uncertain'));

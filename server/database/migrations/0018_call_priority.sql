-- Steps of a head start that the caller's way through the menu gave him; kept for a server that takes the call up.
alter table calls add column priority smallint not null default 0;

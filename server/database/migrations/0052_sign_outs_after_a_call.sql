-- Whose shift ends with his call, and who wants it so: kept for the next server.
create table sign_outs_after_call (
  agent uuid primary key references staff_members (id),
  cause text not null,
  by uuid references staff_members (id)
);

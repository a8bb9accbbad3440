-- What was reported as corruption stays on its confidential track whatever topic it gets; taking it off is a move of its
-- own, with its reason.
insert into appeal_moves (from_status, action, to_status) values
  ('registered', 'disclose', 'registered'),
  ('classified', 'disclose', 'classified'),
  ('editing', 'disclose', 'editing'),
  ('approved', 'disclose', 'approved'),
  ('dispatched', 'disclose', 'dispatched'),
  ('received', 'disclose', 'received'),
  ('leavingProposed', 'disclose', 'leavingProposed');

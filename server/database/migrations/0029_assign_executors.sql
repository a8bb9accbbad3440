-- The chancellery names who carries an appeal out, the lead first; another list takes the place of the one before.
insert into appeal_moves (from_status, action, to_status) values
  ('received', 'assign', 'received');

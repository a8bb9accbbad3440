-- An administrator says by topic which procedure its appeals follow, in the classifier and its versions. Null is that of
-- the topic above, and at the top the general one. Until now the routes that a first start brought along decided it.
alter table topics add column track text check (track in ('general', 'testScore', 'trust'));
update topics set track = case default_route when 'APP' then 'testScore' when 'SEC' then 'trust' end;
alter table topics drop column default_route;

update classifier_versions set nodes = (
  select jsonb_agg(node || jsonb_build_object('track', topics.track) order by place)
  from jsonb_array_elements(nodes) with ordinality as kept (node, place)
    left join topics on topics.code = node ->> 'code'
) where jsonb_array_length(nodes) > 0;

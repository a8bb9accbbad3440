-- The QR code of a document leads to the portal, whose address is said once. Whoever had said it only for documents keeps it.
update settings as portal
  set value = portal.value || jsonb_build_object('address', substring(documents.value ->> 'statusAddress' from '^https?://[^/?#]+') || '/portal/'), changed_at = now()
  from settings as documents
  where portal.name = 'portal' and documents.name = 'documents' and coalesce(portal.value ->> 'address', '') = ''
    and documents.value ->> 'statusAddress' ~ '^https?://[^/?#]+/portal/status';
insert into settings (name, value)
  select 'portal', jsonb_build_object('address', substring(value ->> 'statusAddress' from '^https?://[^/?#]+') || '/portal/')
  from settings where name = 'documents' and value ->> 'statusAddress' ~ '^https?://[^/?#]+/portal/status'
  on conflict (name) do nothing;
update settings set value = value - 'statusAddress' where name = 'documents';

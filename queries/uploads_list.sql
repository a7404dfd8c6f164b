-- Accepted uploads, newest first. Times are in UTC.
-- key: upload_id
-- params: viewer
select
    upload_id,
    uploads.uploaded_at at time zone 'UTC' as uploaded_at,
    uploaded_by,
    kind,
    dataset,
    file_name,
    file_sha256,
    rows_read,
    rows_inserted,
    rows_updated,
    rows_withdrawn,
    rows_unchanged,
    rows_rejected,
    warnings,
    state,
    undone_at at time zone 'UTC' as undone_at,
    undone_by
from visible_uploads($viewer) as uploads
order by uploads.uploaded_at desc, upload_id desc

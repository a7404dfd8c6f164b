-- Every row that one upload touched, before and after.
-- key: upload_id, dataset, record_id
-- params: viewer_role, upload_id, row_limit
select
    upload_id,
    dataset,
    record_id,
    case when before is null then 'new' else 'changed' end as change,
    before,
    after
from visible_upload_changes($viewer_role)
where upload_id = $upload_id::varchar
order by upload_id, dataset, record_id
limit $row_limit::bigint

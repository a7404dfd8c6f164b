-- Uploads after this one, not undone, that touched the same records.
select later.upload_id, count(*) as records
from changes as later
join uploads using (upload_id)
where
    uploads.state = 'committed'
    and later.dataset = $dataset
    and later.upload_id > $upload_id
    and later.record_id in (
        select record_id from changes where upload_id = $upload_id
    )
group by later.upload_id
order by later.upload_id

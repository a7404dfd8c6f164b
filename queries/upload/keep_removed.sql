create or replace temp table removed as
select record_id
from changes
where upload_id = $upload_id and "before" is null

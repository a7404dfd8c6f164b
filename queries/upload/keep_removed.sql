create or replace temp table removed as
select record_id
from undoing
where dataset = $dataset and "before" is null

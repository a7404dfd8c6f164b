create or replace temp table restored as
select json_transform("before", $structure) as record
from changes
where upload_id = $upload_id and "before" is not null

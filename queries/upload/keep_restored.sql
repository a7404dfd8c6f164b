create or replace temp table restored as
select json_transform("before", $structure) as record
from undoing
where dataset = $dataset and "before" is not null

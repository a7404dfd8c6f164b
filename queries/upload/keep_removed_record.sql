create or replace temp table removed as
select record_id
from changed_records

-- The withdrawn record, as a row of changes.
create or replace temp table changed_records as
select record_id, "before", null::varchar as "after"
from found_records

-- The records that are removed: dataset, record_id.
create or replace temp table removed_records as
from found_records

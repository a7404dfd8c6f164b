-- The records to remove: dataset, record_id.
create or replace temp table removed_records as
from found_records

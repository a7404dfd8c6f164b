insert into changes
select $upload_id, $dataset, record_id, "before", "after"
from changed_records

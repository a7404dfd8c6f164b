insert into changes
select $upload_id, $dataset, record_id, "before", "after", false
from changed_records

-- The seal and record of each entry about a redaction. The record is null if the entry
-- can't be read.
select
    hash,
    case when json_valid(what) then json_extract_string(what, '$.dataset') end as dataset,
    case
        when json_valid(what) then json_extract_string(what, '$.record_id')
    end as record_id
from audit
where action = $action::varchar
order by entry_number, hash;

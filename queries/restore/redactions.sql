-- The seal and the record of every entry that tells of a redaction; null where
-- what it says cannot be read any more.
select
    hash,
    case when json_valid(what) then json_extract_string(what, '$.dataset') end as dataset,
    case
        when json_valid(what) then json_extract_string(what, '$.record_id')
    end as record_id
from audit
where action = $action::varchar
order by entry_number, hash;

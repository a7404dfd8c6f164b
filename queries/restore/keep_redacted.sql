-- The records of one dataset that were redacted since a moment; null: ever.
create or replace temp table redacting as
select distinct json_extract_string(what, '$.record_id') as record_id
from audit
where
    action = $action::varchar
    and json_extract_string(what, '$.dataset') = $dataset::varchar
    and json_extract_string(what, '$.record_id') is not null
    and ($since::timestamptz is null or recorded_at > $since::timestamptz)

-- The requests closed before a day that say anything still, now or in the history.
create or replace temp table redacting as
with closed as (
    select request_id as record_id, summary
    from requests
    where closed_on < $before::date
)

select record_id
from closed
where
    summary is not null
    or record_id in (
        select record_id
        from changes
        where
            dataset = 'requests'
            and (
                json_extract_string("before", '$.summary') is not null
                or json_extract_string("after", '$.summary') is not null
            )
    )

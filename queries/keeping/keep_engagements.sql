-- The same of the engagements of requests closed before a day.
create or replace temp table redacting as
with closed as (
    select engagement_id as record_id, site_name
    from engagements
    join requests using (request_id)
    where requests.closed_on < $before::date
)

select record_id
from closed
where
    site_name is not null
    or record_id in (
        select record_id
        from changes
        where
            dataset = 'engagements'
            and (
                json_extract_string("before", '$.site_name') is not null
                or json_extract_string("after", '$.site_name') is not null
            )
    )

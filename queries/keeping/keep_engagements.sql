-- The engagements with free text whose requests were closed before a day, now or in the
-- history. For a withdrawn or undone engagement, the day of its removal counts.
create or replace temp table redacting as
with told as (
    select changes.record_id, coalesce(uploads.undone_at, uploads.uploaded_at) as taken_out_at
    from changes
    join uploads using (upload_id)
    where
        changes.dataset = 'engagements'
        and (
            json_extract_string("before", '$.site_name') is not null
            or json_extract_string("after", '$.site_name') is not null
        )
),

closed as (
    select engagement_id as record_id, site_name
    from engagements
    join requests using (request_id)
    where requests.closed_on < $before::date
)

select record_id
from closed
where site_name is not null or record_id in (select record_id from told)
union
select record_id
from told
where record_id not in (select engagement_id from engagements)
group by record_id
having max(taken_out_at)::date < $before::date

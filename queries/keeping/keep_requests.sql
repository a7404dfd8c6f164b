-- The requests with free text, now or in the history, that were closed before a day. For a
-- withdrawn or undone request, the history has the closing day. If not, the day of its
-- removal counts.
create or replace temp table redacting as
with told as (
    select changes.*, coalesce(uploads.undone_at, uploads.uploaded_at) as taken_out_at
    from changes
    join uploads using (upload_id)
    where
        changes.dataset = 'requests'
        and exists (
            select 1
            from (
                select unnest(['closed_reason', 'source', 'summary']) as name
            ) as free
            where
                json_extract_string("before", '$.' || free.name) is not null
                or json_extract_string("after", '$.' || free.name) is not null
        )
),

gone as (
    select
        record_id,
        coalesce(
            max(
                try_cast(
                    coalesce(
                        json_extract_string("after", '$.closed_on'),
                        json_extract_string("before", '$.closed_on')
                    ) as date
                )
            ),
            max(taken_out_at)::date
        ) as closed_on
    from told
    where record_id not in (select request_id from requests)
    group by record_id
)

select request_id as record_id
from requests
where
    closed_on < $before::date
    and (
        coalesce(closed_reason, source, summary) is not null
        or request_id in (select record_id from told)
    )
union
select record_id
from gone
where closed_on < $before::date

-- The total of each topic over the states just published, where it is safe.
insert into published_totals by name
with named as (
    select distinct
        fiscal_quarter(requests.received_on) as quarter,
        requests.request_id,
        unnest(requests.topic_ids) as topic_id
    from requests
    join agencies using (agency_id)
    -- As among the cells: a total over other rows would be another number.
    join states using (state)
    where list_contains($quarters::varchar[], fiscal_quarter(requests.received_on))
),

counted as (
    select quarter, topic_id, count(*) as requests
    from named
    group by all
),

shown as (
    select
        quarter,
        quarter_from_on,
        quarter_to_on,
        topic_id,
        suppress_below,
        as_of_on,
        published_at,
        coalesce(sum(requests), 0)::bigint as requests_shown,
        row_count(is_suppressed) as suppressed_cells
    from published_requests
    where list_contains($quarters::varchar[], quarter)
    group by all
),

judged as (
    select
        shown.*,
        coalesce(counted.requests, 0) as requests,
        is_safe_total(
            coalesce(counted.requests, 0) - requests_shown,
            suppressed_cells,
            suppress_below
        ) as is_safe
    from shown
    left join counted using (quarter, topic_id)
)

select
    * exclude (requests, requests_shown, suppressed_cells, is_safe),
    case when is_safe then requests end as requests,
    not is_safe as is_suppressed
from judged

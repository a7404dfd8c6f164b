-- How many requests were received each month, from the first to the as-of month
-- (or the end of the chosen period), months without any among them. Days that are
-- hardly meant, such as one in 2042, would stretch it over hundreds of empty months.
-- key: month_on
-- params: viewer, filters, as_of
-- ignores: statuses
with counted as (
    select
        month_on,
        row_count(true) as requests,
        row_count(is_small_agency) as requests_from_small_agencies
    from filtered_requests($viewer, $filters)
    where is_likely_day(received_on, $as_of)
    group by all
),

months as (
    select
        unnest(
            generate_series(
                min(month_on),
                greatest(max(month_on), month_of(last_day_of($filters, $as_of))),
                interval 1 month
            )
        )::date as month_on
    from counted
)

select
    month_on,
    coalesce(counted.requests, 0) as requests,
    coalesce(counted.requests_from_small_agencies, 0) as requests_from_small_agencies
from months
left join counted using (month_on)
order by month_on

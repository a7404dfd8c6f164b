-- Requests received each month of the chosen period and of the 24 months before it, with
-- the limits within which a month varies by chance (a process behavior chart).
-- key: month_on
-- params: viewer, filters, as_of, periods
-- ignores: statuses
-- then: process_behavior
with days as (
    select
        month_of(min(received_on)) as known_from_on,
        month_of($periods['last_day_on']::date) as last_month_on,
        month_of(
            ($periods['recent_from_on']::date - interval 24 month)::date
        ) as shown_from_on
    from visible_request_facts($viewer)
    where is_likely_day(received_on, $as_of)
),

months as (
    select
        unnest(
            generate_series(
                greatest(known_from_on, coalesce(shown_from_on, known_from_on)),
                last_month_on,
                interval 1 month
            )
        )::date as month_on
    from days
    where known_from_on is not null
),

counted as (
    select
        month_on,
        row_count(true) as requests,
        row_count(is_small_agency) as requests_from_small_agencies
    from requests_of_any_period($viewer, $filters)
    where is_likely_day(received_on, $as_of)
    group by all
)

select
    months.month_on,
    coalesce(counted.requests, 0) as requests,
    coalesce(counted.requests_from_small_agencies, 0) as requests_from_small_agencies,
    is_on_or_after(last_day(months.month_on), $filters['date_from']::date)
    and is_on_or_before(months.month_on, $filters['date_to']::date) as is_in_period,
    last_day(months.month_on) > $periods['last_day_on']::date as is_partial
from months
left join counted using (month_on)
order by months.month_on

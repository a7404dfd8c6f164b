-- How many requests were open when each month began, came in it, were closed in it, and
-- were open when it ended: whole months of the chosen period, up to the as-of date.
-- key: month_on
-- params: viewer, filters, as_of
-- ignores: statuses
with today as (
    select $as_of::date as as_of_on
),

came as (
    select month_on, count(*) as received
    from requests_of_any_period($viewer, $filters)
    join today on received_on <= as_of_on
    group by month_on
),

went as (
    select month_of(gone_on) as month_on, sum(requests) as closed
    from (
        select
            gone_on(received_on, closed_on, is_open, as_of_on) as gone_on,
            count(*) as requests
        from requests_of_any_period($viewer, $filters)
        join today on received_on <= as_of_on
        where not is_open
        group by all
    )
    group by all
),

months as (
    select
        unnest(
            generate_series(
                min(month_on) filter (where is_likely_day(month_on, as_of_on)),
                month_of(max(as_of_on)),
                interval 1 month
            )
        )::date as month_on
    from came
    cross join today
),

-- Days that are hardly meant are before the first month.
changes as (
    select month_on, coalesce(received, 0) as received, coalesce(closed, 0) as closed
    from came
    full join went using (month_on)
    full join months using (month_on)
),

stocks as (
    select *, sum(received - closed) over (order by month_on) as open_at_end
    from changes
)

select
    month_on,
    (open_at_end - received + closed)::bigint as requests_open_at_start,
    received::bigint as requests_received,
    closed::bigint as requests_closed,
    open_at_end::bigint as requests_open_at_end
from stocks
join months using (month_on)
where
    month_on >= coalesce(month_of($filters['date_from']::date), month_on)
    and month_on <= coalesce($filters['date_to']::date, month_on)
order by month_on

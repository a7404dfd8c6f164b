-- How many requests were open when each month began, came in it, were closed in it, and
-- were open when it ended: whole months of the chosen period, up to the as-of date.
-- key: month_on
-- params: viewer, filters, as_of
-- ignores: statuses
with flows as (
    select *
    from requests_in_and_out($viewer, $filters, $as_of, $as_of)
),

months as (
    select
        unnest(
            generate_series(
                min(month_on) filter (where is_likely_day(month_on, $as_of)),
                month_of($as_of::date),
                interval 1 month
            )
        )::date as month_on
    from flows
),

-- Days that are hardly meant are before the first month.
changes as (
    select month_on, coalesce(received, 0) as received, coalesce(closed, 0) as closed
    from flows
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

-- Requests of the latest fiscal years by month, added up from October on, and a forecast of
-- the months until the end of the fiscal year. Filters other than dates apply.
-- key: month_on
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
-- then: year_forecast
with days as (
    select month_of(min(received_on)) as known_from_on
    from visible_request_facts($viewer)
    where is_likely_day(received_on, $as_of)
),

months as (
    select
        unnest(
            generate_series(known_from_on, month_of($as_of::date), interval 1 month)
        )::date as month_on
    from days
    where known_from_on is not null
),

counted as (
    select month_on, count(*) as requests
    from requests_of_any_period($viewer, $filters)
    where is_likely_day(received_on, $as_of)
    group by month_on
)

select
    months.month_on,
    fiscal_year(months.month_on) as fiscal_year,
    coalesce(counted.requests, 0) as requests,
    -- Of the days of the month, those that are over: 1, but for the as-of month.
    least(
        ($as_of::date - months.month_on + 1)
        / day(last_day(months.month_on)),
        1
    )::double as share_of_month
from months
left join counted using (month_on)
order by months.month_on

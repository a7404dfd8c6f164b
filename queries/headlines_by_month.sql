-- The headline numbers month by month, for the 24 months up to the last day of the period:
-- the last month up to that day. Months before the first request are left out.
-- key: headline, month_on
-- params: viewer, filters, as_of, suppress_below
-- ignores: date_from, statuses
with span as (
    select
        last_day_of($filters, $as_of) as last_day_on,
        greatest(
            month_of(last_day_of($filters, $as_of)) - interval 23 month,
            month_of(min(received_on))
        )::date as first_on
    from visible_request_facts($viewer)
    where is_likely_day(received_on, $as_of)
    having count(*) > 0
),

months as (
    select
        unnest(generate_series(first_on, last_day_on, interval 1 month))::date as month_on
    from span
),

asked as (
    select
        month_on,
        count(*) as requests,
        count(distinct agency_code) as agencies,
        row_count(is_small_agency) as from_small,
        row_count(size_band <> 'Not reported') as of_known_size
    from requests_of_any_period($viewer, $filters)
    join span on received_on between first_on and last_day_on
    group by month_on
),

-- Of all time: what came in before is open, too.
stocks as (
    select
        month_on,
        sum(coalesce(received, 0) - coalesce(closed, 0)) over (order by month_on) as backlog
    from requests_in_and_out($viewer, $filters, $as_of, last_day_of($filters, $as_of))
    full join months using (month_on)
),

delivered as (
    select
        month_of(period_on) as month_on,
        count(*) as engagements,
        sum(hours) as hours,
        sum(people) as people
    from (
        select
            period_on,
            hours,
            people_trained(participants_in_person, participants_virtual) as people
        from engagements_of_any_period($viewer, $filters)
        join span on period_on between first_on and last_day_on
        where not is_cancelled
    )
    group by all
),

measured as (
    select
        month_on,
        sum(better_count(better, ups, downs)) as improved,
        sum(n) as measured
    from (
        select
            month_of(period_on) as month_on,
            metric_id,
            count(change) as n,
            row_count(change > 0) as ups,
            row_count(change < 0) as downs
        from outcomes_of_any_period($viewer, $filters)
        join span on period_on between first_on and last_day_on
        group by all
    )
    left join visible_metrics($viewer) using (metric_id)
    group by month_on
),

wide as (
    select
        month_on,
        coalesce(requests, 0)::double as requests,
        coalesce(agencies, 0)::double as agencies_with_requests,
        share_of(from_small, of_known_size) as share_of_requests_from_small_agencies,
        backlog::double as requests_backlog,
        coalesce(engagements, 0)::double as engagements,
        -- Where nobody reports hours they are unknown.
        hours::double as hours,
        people::double as participants,
        case
            when not is_too_few(measured, $suppress_below)
                then share_of(improved, measured)
        end as share_of_outcomes_improved
    from months
    left join asked using (month_on)
    left join stocks using (month_on)
    left join delivered using (month_on)
    left join measured using (month_on)
)

select headline, month_on, value
from wide
unpivot include nulls (value for headline in (columns(* exclude (month_on))))
order by headline, month_on

-- The headline numbers month by month, for the 24 months up to the last day of the period:
-- the last month up to that day. Months before the first request are left out.
-- key: headline, month_on
-- params: viewer, filters, as_of, periods, suppress_below
-- ignores: statuses
with span as (
    select
        $periods['last_day_on']::date as last_day_on,
        greatest(
            month_of($periods['last_day_on']::date) - interval 23 month,
            (
                select month_of(min(received_on))
                from visible_request_facts($viewer)
                where is_likely_day(received_on, $as_of)
            )
        )::date as first_on
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
came as (
    select month_on, count(*) as requests
    from requests_of_any_period($viewer, $filters)
    join span on received_on <= last_day_on
    group by month_on
),

went as (
    select month_of(gone_on) as month_on, sum(requests) as requests
    from (
        select
            gone_on(received_on, closed_on, is_open, $as_of) as gone_on,
            count(*) as requests
        from requests_of_any_period($viewer, $filters)
        where not is_open
        group by all
    )
    join span on gone_on <= last_day_on
    group by all
),

stocks as (
    select
        month_on,
        sum(coalesce(came.requests, 0) - coalesce(went.requests, 0))
            over (order by month_on) as backlog
    from came
    full join went using (month_on)
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
            case
                when coalesce(participants_in_person, participants_virtual) is not null
                    then
                        coalesce(participants_in_person, 0)
                        + coalesce(participants_virtual, 0)
            end as people
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

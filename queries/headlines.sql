-- The eight numbers to see first, for the chosen period, and how each changed
-- from the period before.
-- key: headline
-- params: viewer, filters, as_of, periods, suppress_below
-- ignores: partners, statuses
with asked as (
    -- Each number is counted three times: as chosen, recently, and before.
    select
        agency_code,
        is_small_agency,
        received_on,
        closed_on,
        is_open,
        days_to_decided,
        days_to_delivery_started,
        is_in_period($filters, received_on) as is_chosen,
        compared_period($periods, received_on) as compared
    from requests_of_any_period($viewer, $filters)
),

counted_requests as (
    select
        agency_code,
        is_small_agency,
        row_count(is_chosen) as chosen,
        row_count(compared = 1) as recent,
        row_count(compared = 2) as before,
        backlog_count(
            received_on, closed_on, is_open, $periods['last_day_on']::date, $as_of
        ) as backlog,
        backlog_count(
            received_on, closed_on, is_open, $periods['recent_to_on']::date, $as_of
        ) as recent_backlog,
        backlog_count(
            received_on, closed_on, is_open, $periods['before_to_on']::date, $as_of
        ) as backlog_before
    from asked
    group by all
),

amounts_of_requests as (
    select
        [
            coalesce(sum(chosen), 0),
            coalesce(sum(recent), 0),
            coalesce(sum(before), 0)
        ]::double[] as requests,
        [
            row_count(chosen > 0), row_count(recent > 0), row_count(before > 0)
        ]::double[] as agencies_with_requests,
        [
            share_of(sum(if(is_small_agency, chosen, 0)), sum(chosen)),
            share_of(sum(if(is_small_agency, recent, 0)), sum(recent)),
            share_of(sum(if(is_small_agency, before, 0)), sum(before))
        ] as share_of_requests_from_small_agencies,
        [
            coalesce(sum(backlog), 0),
            coalesce(sum(recent_backlog), 0),
            coalesce(sum(backlog_before), 0)
        ]::double[] as requests_backlog
    from counted_requests
),

counted_days as (
    select
        'decided' as what,
        days_to_decided as days,
        is_chosen,
        compared,
        count(*) as requests
    from asked
    where days_to_decided is not null
    group by all
    union all
    select
        'delivery_started',
        days_to_delivery_started,
        is_chosen,
        compared,
        count(*)
    from asked
    where days_to_delivery_started is not null
    group by all
),

days_until as (
    select
        what,
        days,
        rows_until(sum(requests) filter (where is_chosen), what, days) as chosen,
        rows_of_all(sum(requests) filter (where is_chosen), what) as chosen_all,
        rows_until(sum(requests) filter (where compared = 1), what, days) as recent,
        rows_of_all(sum(requests) filter (where compared = 1), what) as recent_all,
        rows_until(sum(requests) filter (where compared = 2), what, days) as before,
        rows_of_all(sum(requests) filter (where compared = 2), what) as before_all
    from counted_days
    group by what, days
),

medians as (
    select
        what,
        [
            median_of_counted(days, chosen, chosen_all),
            median_of_counted(days, recent, recent_all),
            median_of_counted(days, before, before_all)
        ] as median_days
    from days_until
    group by what
),

amounts_of_engagements as (
    select three_sums(engagements, is_chosen, compared) as engagements
    from (
        select
            is_in_period($filters, period_on) as is_chosen,
            compared_period($periods, period_on) as compared,
            row_count(not is_cancelled) as engagements
        from engagements_of_any_period($viewer, $filters)
        group by all
    )
),

-- What is better depends on the metric alone: it is looked up after counting.
counted_outcomes as (
    select
        metric_id,
        is_in_period($filters, period_on) as is_chosen,
        compared_period($periods, period_on) as compared,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    group by all
),

-- Each share beside its n, by which it may have to be hidden.
amounts_of_outcomes as (
    select
        list_transform(
            list_zip(
                three_sums(better_count(better, ups, downs), is_chosen, compared),
                three_sums(n, is_chosen, compared)
            ),
            lambda one:
                case
                    when not is_too_few(one[2], $suppress_below)
                        then share_of(one[1], one[2])
                end
        ) as share_of_outcomes_improved
    from counted_outcomes
    left join visible_metrics($viewer) using (metric_id)
),

amounts as (
    select 1 as headline_order, 'requests' as headline, requests as amount
    from amounts_of_requests
    union all
    select 2, 'agencies_with_requests', agencies_with_requests
    from amounts_of_requests
    union all
    select
        3,
        'share_of_requests_from_small_agencies',
        share_of_requests_from_small_agencies
    from amounts_of_requests
    union all
    select 4, 'requests_backlog', requests_backlog
    from amounts_of_requests
    union all
    select 5, 'median_days_to_decided', first(median_days)
    from medians
    where what = 'decided'
    union all
    select 6, 'median_days_to_delivery_started', first(median_days)
    from medians
    where what = 'delivery_started'
    union all
    select 7, 'engagements', engagements
    from amounts_of_engagements
    union all
    select 8, 'share_of_outcomes_improved', share_of_outcomes_improved
    from amounts_of_outcomes
),

changed as (
    select
        headline,
        headline_order,
        amount[1] as value,
        -- Nothing to compare with is no change of zero.
        case
            when $periods['recent_from_on'] is not null
                then amount[2] - amount[3]
        end as value_change,
        amount[3] as before
    from amounts
)

select
    headline,
    headline_order,
    value,
    value_change,
    share_of(value_change, before) as share_of_change,
    $periods['last_day_on']::date as until_on,
    $periods['recent_from_on']::date as recent_from_on,
    $periods['recent_to_on']::date as recent_to_on,
    $periods['before_from_on']::date as before_from_on,
    $periods['before_to_on']::date as before_to_on
from changed
where is_known_viewer($viewer)
order by headline_order

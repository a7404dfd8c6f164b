-- The numbers to see first, for the chosen period up to the as-of date, each beside the
-- period before and the same period a year ago, and whether it changed by more than chance.
-- key: headline
-- params: viewer, filters, as_of, periods, suppress_below
-- ignores: statuses
-- then: change_signals
with asked as (
    select
        agency_code,
        size_band,
        is_small_agency,
        received_on,
        closed_on,
        is_open,
        days_to_decided,
        days_to_delivery_started,
        is_in_period($filters, received_on) as is_chosen,
        is_before($periods, received_on) as is_before,
        is_last_year($periods, received_on) as is_last_year
    from requests_of_any_period($viewer, $filters)
),

counted_requests as (
    select
        agency_code,
        size_band <> 'Not reported' as is_known_size,
        is_small_agency,
        row_count(is_chosen) as chosen,
        row_count(is_before) as before,
        row_count(is_last_year) as last_year,
        backlog_count(
            received_on, closed_on, is_open, $periods['last_day_on']::date, $as_of
        ) as backlog,
        backlog_count(
            received_on, closed_on, is_open, $periods['before_to_on']::date, $as_of
        ) as backlog_before,
        backlog_count(
            received_on, closed_on, is_open, $periods['last_year_to_on']::date, $as_of
        ) as backlog_last_year
    from asked
    group by all
),

chosen_agencies as (
    select count(*) as agencies
    from filtered_agencies($viewer, $filters)
),

numbers_of_requests as (
    select
        [
            coalesce(sum(chosen), 0),
            coalesce(sum(before), 0),
            coalesce(sum(last_year), 0)
        ]::double[] as requests,
        [
            different_count(agency_code, chosen > 0),
            different_count(agency_code, before > 0),
            different_count(agency_code, last_year > 0)
        ]::double[] as agencies,
        [
            coalesce(sum(chosen) filter (where is_small_agency), 0),
            coalesce(sum(before) filter (where is_small_agency), 0),
            coalesce(sum(last_year) filter (where is_small_agency), 0)
        ]::double[] as from_small,
        [
            coalesce(sum(chosen) filter (where is_known_size), 0),
            coalesce(sum(before) filter (where is_known_size), 0),
            coalesce(sum(last_year) filter (where is_known_size), 0)
        ]::double[] as of_known_size,
        [
            coalesce(sum(backlog), 0),
            coalesce(sum(backlog_before), 0),
            coalesce(sum(backlog_last_year), 0)
        ]::double[] as backlog
    from counted_requests
),

numbers_of_engagements as (
    select
        row_count(
            is_in_period($filters, period_on)
            and period_on > $periods['last_day_on']::date
        ) as planned,
        three_sums(1, is_chosen, is_before, is_last_year) as engagements,
        known_sums(hours, is_chosen, is_before, is_last_year) as hours,
        count(hours) filter (where is_chosen) as with_hours,
        known_sums(people, is_chosen, is_before, is_last_year) as people,
        count(people) filter (where is_chosen) as with_people
    from (
        select
            period_on,
            hours,
            people_trained(participants_in_person, participants_virtual) as people,
            is_in_period($filters, period_on)
            and coalesce(period_on <= $periods['last_day_on']::date, true) as is_chosen,
            is_before($periods, period_on) as is_before,
            is_last_year($periods, period_on) as is_last_year
        from engagements_of_any_period($viewer, $filters)
        where not is_cancelled
    )
),

-- What is better depends on the metric alone: it is looked up after counting.
counted_outcomes as (
    select
        metric_id,
        is_in_period($filters, period_on) as is_chosen,
        is_before($periods, period_on) as is_before,
        is_last_year($periods, period_on) as is_last_year,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    group by all
),

numbers_of_outcomes as (
    select
        three_sums(
            better_count(better, ups, downs), is_chosen, is_before, is_last_year
        ) as improved,
        three_sums(n, is_chosen, is_before, is_last_year) as measured
    from counted_outcomes
    left join visible_metrics($viewer) using (metric_id)
),

-- How long what was open on each of the three days had waited then.
counted_waits as (
    select
        received_on,
        backlog_count(
            received_on, closed_on, is_open, $periods['last_day_on']::date, $as_of
        ) as chosen,
        backlog_count(
            received_on, closed_on, is_open, $periods['before_to_on']::date, $as_of
        ) as before,
        backlog_count(
            received_on, closed_on, is_open, $periods['last_year_to_on']::date, $as_of
        ) as last_year
    from asked
    group by received_on
),

waits_until as (
    -- From the longest wait to the shortest: the middle one is the same.
    select
        received_on - date '1970-01-01' as received_day,
        rows_until(sum(chosen), 1, received_on) as chosen,
        rows_of_all(sum(chosen), 1) as chosen_all,
        rows_until(sum(before), 1, received_on) as before,
        rows_of_all(sum(before), 1) as before_all,
        rows_until(sum(last_year), 1, received_on) as last_year,
        rows_of_all(sum(last_year), 1) as last_year_all
    from counted_waits
    group by received_on
),

numbers_of_waits as (
    select
        [
            $periods['last_day_on']::date - date '1970-01-01'
            - median_of_counted(received_day, chosen, nullif(chosen_all, 0)),
            $periods['before_to_on']::date - date '1970-01-01'
            - median_of_counted(received_day, before, nullif(before_all, 0)),
            $periods['last_year_to_on']::date - date '1970-01-01'
            - median_of_counted(received_day, last_year, nullif(last_year_all, 0))
        ]::double[] as days
    from waits_until
),

-- A number three times: of the period, of the period before, of a year ago. `wholes` are
-- what a share is of; `n` and `of_n` say what the first is made of.
numbers as (
    select
        1 as headline_order,
        'requests' as headline,
        'count' as kind,
        requests as parts,
        null::double[] as wholes,
        null::bigint as n,
        null::bigint as of_n
    from numbers_of_requests
    union all
    select
        2,
        'agencies_with_requests',
        'count',
        numbers_of_requests.agencies,
        null,
        null,
        chosen_agencies.agencies
    from numbers_of_requests
    cross join chosen_agencies
    union all
    select
        3,
        'share_of_requests_from_small_agencies',
        'share',
        from_small,
        of_known_size,
        of_known_size[1],
        requests[1]
    from numbers_of_requests
    union all
    select 4, 'requests_backlog', 'stock', backlog, null, null, null
    from numbers_of_requests
    union all
    select 5, 'median_days_open', 'stock', days, null, null, null
    from numbers_of_waits
    union all
    select 9, 'engagements', 'count', engagements, null, null, planned
    from numbers_of_engagements
    union all
    select 10, 'hours', 'sum', hours, null, with_hours, engagements[1]
    from numbers_of_engagements
    union all
    select 11, 'participants', 'sum', people, null, with_people, engagements[1]
    from numbers_of_engagements
    union all
    select
        12, 'share_of_outcomes_improved', 'share', improved, measured, measured[1], null
    from numbers_of_outcomes
),

-- A share of too few is not shown; without a period to compare with there is no number.
shown as (
    select
        *,
        list_transform(
            parts,
            lambda part, place: case
                when kind <> 'share' then part
                when is_too_few(wholes[place], $suppress_below)
                    and headline = 'share_of_outcomes_improved'
                    then null
                else share_of(part, wholes[place])
            end
        ) as amounts,
        $periods['before_from_on'] is not null as has_before,
        $periods['last_year_from_on'] is not null as has_last_year
    from numbers
)

select
    headline,
    headline_order,
    kind,
    amounts[1] as value,
    n::bigint as n,
    of_n::bigint as of_n,
    case when has_before then amounts[2] end as before,
    case when has_last_year then amounts[3] end as last_year,
    parts[1] as part,
    wholes[1] as whole,
    case when has_before then parts[2] end as part_before,
    case when has_before then wholes[2] end as whole_before,
    case when has_last_year then parts[3] end as part_last_year,
    case when has_last_year then wholes[3] end as whole_last_year,
    $periods['last_day_on']::date as until_on,
    $periods['recent_from_on']::date as recent_from_on,
    $periods['before_from_on']::date as before_from_on,
    $periods['before_to_on']::date as before_to_on,
    $periods['last_year_from_on']::date as last_year_from_on,
    $periods['last_year_to_on']::date as last_year_to_on
from shown
where is_known_viewer($viewer)
order by headline_order

-- How many requests there are, from whom, how fast they are answered.
-- key: one row
-- params: viewer, filters
-- ignores: statuses
with asked as (
    select
        agency_code,
        days_to_decided,
        days_to_delivery_started,
        days_to_closed,
        size_band,
        is_small_agency,
        is_open,
        is_accepted and not is_worked_on as is_without_partner
    from filtered_requests($viewer, $filters)
),

totals as (
    select
        row_count(true) as requests,
        row_count(is_open) as requests_open,
        row_count(is_without_partner) as requests_without_partner,
        different_count(agency_code, true) as agencies_with_requests,
        row_count(is_small_agency) as requests_from_small_agencies,
        row_count(size_band <> 'Not reported') as requests_of_known_size
    from asked
),

agencies as (
    select count(*) as agencies
    from filtered_agencies($viewer, $filters)
),

counted_days as (
    select 'decided' as what, days_to_decided as days, count(*) as requests
    from asked
    where days_to_decided is not null
    group by all
    union all
    select 'delivery_started', days_to_delivery_started, count(*)
    from asked
    where days_to_delivery_started is not null
    group by all
    union all
    select 'closed', days_to_closed, count(*)
    from asked
    where days_to_closed is not null
    group by all
),

days_until as (
    select
        what,
        days,
        rows_until(requests, what, days) as until_here,
        rows_of_all(requests, what) as of_all
    from counted_days
),

medians as (
    select what, median_of_counted(days, until_here, of_all) as days
    from days_until
    group by what
)

select
    requests,
    requests_open,
    requests_without_partner,
    agencies,
    agencies_with_requests,
    share_of(agencies_with_requests, agencies) as share_of_agencies_reached,
    requests_from_small_agencies,
    share_of(requests_from_small_agencies, requests_of_known_size)
        as share_of_requests_from_small_agencies,
    (select first(days) from medians where what = 'decided') as median_days_to_decided,
    (select first(days) from medians where what = 'delivery_started')
        as median_days_to_delivery_started,
    (select first(days) from medians where what = 'closed') as median_days_to_closed
from totals
cross join agencies
order by all

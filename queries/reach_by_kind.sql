-- Reach and requests of small, tribal, and campus agencies, against all. A kind overlaps
-- others; an agency whose size is not reported is neither small nor not small.
-- key: kind
-- params: viewer, filters, as_of
-- ignores: statuses
with counted as (
    select
        is_small_agency,
        size_band = 'Not reported' as is_unknown_size,
        agency_type,
        count(*) as agencies,
        row_count(requests > 0) as agencies_with_requests,
        sum(requests) as requests
    from filtered_agency_requests($viewer, $filters)
    group by all
),

totals as (
    select sum(agencies) as agencies, sum(requests) as requests
    from counted
),

kinds as (
    select
        unnest([
            'All agencies',
            'Under 50 sworn officers',
            '50 or more sworn officers',
            'Size not reported',
            'Tribal',
            'Campus'
        ]) as kind,
        unnest(range(1, 7)) as kind_order
),

of_kinds as (
    select
        kind,
        kind_order,
        sum(agencies)::bigint as agencies,
        sum(agencies_with_requests)::bigint as agencies_with_requests,
        sum(requests)::bigint as requests
    from kinds
    join counted
        on case kind_order
            when 1 then true
            when 2 then is_small_agency
            when 3 then not is_small_agency and not is_unknown_size
            when 4 then is_unknown_size
            when 5 then coalesce(agency_type = 'tribal', false)
            when 6 then coalesce(agency_type = 'campus', false)
        end
    group by all
)

select
    kind,
    kind_order,
    of_kinds.agencies,
    agencies_with_requests,
    share_of(agencies_with_requests, of_kinds.agencies) as share_of_agencies_reached,
    wilson_low(agencies_with_requests, of_kinds.agencies)
        as share_of_agencies_reached_low,
    wilson_high(agencies_with_requests, of_kinds.agencies)
        as share_of_agencies_reached_high,
    is_few_agencies(of_kinds.agencies) as is_few_agencies,
    of_kinds.requests,
    per_1000(of_kinds.requests, of_kinds.agencies * period.years)
        as requests_per_1000_agencies_per_year,
    share_of(of_kinds.agencies, totals.agencies) as share_of_agencies,
    share_of(of_kinds.requests, totals.requests) as share_of_requests
from of_kinds
cross join totals
cross join period_years($viewer, $filters, $as_of) as period
order by kind_order, kind

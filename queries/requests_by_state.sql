-- Requests by state, compared with the agencies there and with the rate of the nation's
-- agencies of the same size. A state with agencies of which none asked has 0.
-- key: state
-- params: viewer, filters, as_of
-- ignores: statuses
-- then: state_rates
with everyone as (
    select
        state,
        state_name,
        region,
        size_band,
        is_agency_chosen($filters) as is_chosen,
        sum(requests)::bigint as requests,
        sum(requests_open)::bigint as requests_open,
        count(*) as agencies,
        row_count(requests > 0) as agencies_with_requests
    from filtered_agency_requests($viewer, of_all_agencies($filters))
    group by all
),

nation as (
    select size_band, sum(requests) / sum(agencies) as requests_per_agency
    from everyone
    group by size_band
),

counted as (
    select
        state,
        state_name,
        region,
        sum(requests)::bigint as requests,
        sum(requests_open)::bigint as requests_open,
        sum(agencies)::bigint as agencies,
        sum(agencies_with_requests)::bigint as agencies_with_requests,
        sum(agencies * requests_per_agency) as requests_expected
    from everyone
    join nation using (size_band)
    where is_chosen and state is not null
    group by all
)

select
    state,
    state_name,
    region,
    requests,
    requests_open,
    agencies,
    agencies_with_requests,
    share_of(agencies_with_requests, agencies) as share_of_agencies_reached,
    period.years,
    per_1000(requests, agencies * period.years) as requests_per_1000_agencies_per_year,
    requests_expected
from counted
cross join period_years($viewer, $filters, $as_of) as period
order by state

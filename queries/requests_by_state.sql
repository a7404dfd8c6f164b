-- Requests by state, compared with the agencies there.
-- key: state
-- params: viewer, filters
-- ignores: partners, statuses
select
    state,
    state_name,
    region,
    sum(requests)::bigint as requests,
    sum(requests_open)::bigint as requests_open,
    count(*) as agencies,
    row_count(requests > 0) as agencies_with_requests,
    per_1000(sum(requests), count(*)) as requests_per_1000_agencies,
    share_of_rows(requests > 0, true) as share_of_agencies_reached
from filtered_agency_requests($viewer, $filters)
where state is not null
group by all
-- A state nobody asks from is seen on the map as an empty one.
having sum(requests) > 0
order by state

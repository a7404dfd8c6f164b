-- Requests by agency size, compared with the number of agencies of that size.
-- key: size_band
-- params: viewer, filters
-- ignores: statuses
select
    size_band,
    band_order,
    sum(requests)::bigint as requests,
    count(*) as agencies,
    row_count(requests > 0) as agencies_with_requests,
    per_1000(sum(requests), count(*)) as requests_per_1000_agencies,
    share_of_rows(requests > 0, true) as share_of_agencies_reached
from filtered_agency_requests($viewer, $filters)
group by all
order by band_order

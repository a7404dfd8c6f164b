-- How many agencies made at least one request, how many none, and how many only requests
-- without an engagement. Large: 250 or more sworn officers.
-- key: one row
-- params: viewer, filters
-- ignores: statuses
select
    count(*) as agencies,
    row_count(requests > 0) as agencies_with_requests,
    share_of_rows(requests > 0, true) as share_of_agencies_reached,
    wilson_low(row_count(requests > 0), count(*)) as share_of_agencies_reached_low,
    wilson_high(row_count(requests > 0), count(*)) as share_of_agencies_reached_high,
    row_count(is_unserved('no_request', requests, requests_worked_on))
        as agencies_without_request,
    row_count(
        is_unserved('no_request', requests, requests_worked_on)
        and band_order between 6 and 8
    ) as large_agencies_without_request,
    row_count(is_unserved('no_engagement', requests, requests_worked_on))
        as agencies_without_engagement
from filtered_agency_requests($viewer, $filters)
order by all

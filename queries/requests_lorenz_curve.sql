-- How requests are spread over the agencies with requests: a row per number of requests,
-- fewest first, with the shares of agencies and of requests up to there.
-- key: requests_by_each_agency
-- params: viewer, filters
-- ignores: statuses
select
    requests_by_each_agency,
    agencies,
    requests,
    share_of_agencies_up_to_here,
    share_of_requests_up_to_here
from requests_curve($viewer, $filters)
order by requests_by_each_agency

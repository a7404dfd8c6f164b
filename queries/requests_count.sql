-- How many requests are chosen: the same number as in requests_totals, and no more.
-- key: one row
-- params: viewer, filters
-- ignores: statuses
select count(*) as requests
from filtered_requests($viewer, $filters)
order by all

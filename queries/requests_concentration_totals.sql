-- How concentrated requests are on few agencies: the share of the tenth of the agencies
-- with requests that made the most, and the Gini index (0: all made equally many).
-- key: one row
-- params: viewer, filters
-- ignores: statuses
with pieces as (
    select
        requests_by_each_agency,
        agencies,
        requests,
        share_of_agencies_up_to_here as x,
        share_of_requests_up_to_here as y,
        lag(share_of_agencies_up_to_here, 1, 0) over (order by requests_by_each_agency)
            as x_before,
        lag(share_of_requests_up_to_here, 1, 0) over (order by requests_by_each_agency)
            as y_before
    from requests_curve($viewer, $filters)
)

select
    coalesce(sum(agencies), 0)::bigint as agencies_with_requests,
    coalesce(sum(requests), 0)::bigint as requests,
    coalesce(max(requests_by_each_agency), 0) as most_requests_by_an_agency,
    coalesce(sum(agencies) filter (where requests_by_each_agency = 1), 0)::bigint
        as agencies_with_one_request,
    -- Where a tenth is no whole number of agencies, one of them counts in part.
    1 - min(y_before + (0.9 - x_before) / (x - x_before) * (y - y_before))
        filter (where 0.9 between x_before and x)
        as share_of_requests_from_top_tenth,
    1 - sum((x - x_before) * (y + y_before)) as gini_index
from pieces
order by all

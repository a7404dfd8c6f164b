-- How one agency's number of requests compares with that of its peers: agencies of the same
-- size and region, and type where there are enough. A peer without requests counts as 0.
-- key: agency_id
-- params: viewer, agency_id
with own as (
    select *
    from agency_with_requests($viewer, $agency_id::varchar)
)

select
    own.agency_id,
    own.size_band,
    own.region,
    case when bool_or(is_of_type) then own.agency_type end as agency_type,
    own.requests,
    count(peers.agency_id) as peers,
    row_count(peers.requests > 0) as peers_with_requests,
    share_of(row_count(peers.requests > 0), count(peers.agency_id))
        as share_of_peers_with_requests,
    sum(peers.requests)::bigint as requests_of_peers,
    median(peers.requests) as median_requests_of_peers,
    max(peers.requests) as most_requests_of_peers,
    row_count(peers.requests < own.requests) as peers_with_fewer_requests,
    row_count(peers.requests = own.requests) as peers_with_as_many_requests,
    row_count(peers.requests > own.requests) as peers_with_more_requests
from own
left join peers_with_requests($viewer, $agency_id::varchar) as peers on true
group by own.agency_id, own.size_band, own.region, own.agency_type, own.requests
order by agency_id

-- How many of one agency's peers made how many requests, and in which group it is itself.
-- key: requests_group
-- params: viewer, agency_id
with own as (
    select requests_group(requests) as own_group
    from agency_with_requests($viewer, $agency_id::varchar)
),

counted as (
    select requests_group(requests) as group_order, count(*) as peers
    from peers_with_requests($viewer, $agency_id::varchar)
    group by all
),

groups as (
    -- Those between that no peer is in, too.
    select unnest(range(greatest(max(group_order), max(own_group)) + 1)) as group_order
    from counted
    cross join own
)

select
    requests_group_name(group_order) as requests_group,
    group_order,
    coalesce(peers, 0) as peers,
    share_of(coalesce(peers, 0), sum(peers) over ()) as share_of_peers,
    group_order = own_group as is_own_group
from groups
cross join own
left join counted using (group_order)
order by group_order

-- One agency's peers, those with the most requests first.
-- key: agency_id
-- params: viewer, agency_id, row_limit
with most as (
    select agency_id, requests, requests_open, last_received_on
    from peers_with_requests($viewer, $agency_id::varchar)
    order by requests desc, agency_id
    limit $row_limit::bigint
)

select
    agency_id,
    agency_name,
    agency_type,
    city,
    state,
    sworn_officers,
    most.requests,
    most.requests_open,
    most.last_received_on
from most
join visible_agencies($viewer) using (agency_id)
order by requests desc, agency_id

-- The agencies with requests, those with the most first.
-- key: agency_id
-- params: viewer, row_limit
with most as (
    select
        agencies.agency_id,
        count(*) as requests,
        row_count(is_open) as requests_open,
        max(received_on) as last_received_on
    from visible_request_facts($viewer)
    join visible_agency_facts($viewer) as agencies using (agency_code)
    group by agencies.agency_id
    order by requests desc, agency_id
    limit $row_limit::bigint
)

select
    agency_id,
    agency_name,
    agency_type,
    city,
    state,
    region,
    size_band,
    sworn_officers,
    most.requests,
    most.requests_open,
    most.last_received_on
from most
join visible_agencies($viewer) using (agency_id)
order by requests desc, agency_id

-- Agencies without a request in the period, or with requests but no engagement, largest
-- first.
-- key: agency_id
-- params: viewer, filters, unserved, row_limit
-- ignores: statuses
with unserved as (
    select agency_id, requests
    from filtered_agency_requests($viewer, $filters)
    where is_unserved($unserved, requests, requests_worked_on)
)

select
    agency_id,
    agency_name,
    city,
    state,
    agency_type,
    sworn_officers,
    size_band,
    unserved.requests
from visible_agencies($viewer)
join unserved using (agency_id)
order by sworn_officers desc nulls last, agency_id
limit $row_limit::bigint

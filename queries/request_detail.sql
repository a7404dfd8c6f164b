-- One request, with its agency and topics.
-- key: request_id
-- params: viewer_role, viewer_partner, request_id, as_of
select
    request_id,
    agency_id,
    agency_name,
    agency_type,
    county,
    city,
    state,
    state_name,
    region,
    division,
    size_band,
    sworn_officers,
    population_served,
    status,
    joined_names(topic_ids, names.topic_name_of) as topics,
    array_to_string(topic_ids, ';') as topic_ids,
    source,
    summary,
    closed_reason,
    inquiry_on,
    received_on,
    decided_on,
    assigned_on,
    delivery_started_on,
    closed_on,
    days_to_decided,
    days_to_assigned,
    days_to_delivery_started,
    days_to_closed,
    days_open(is_open, received_on, $as_of) as days_open
from visible_requests($viewer_role, $viewer_partner)
cross join topic_names($viewer_role, $viewer_partner) as names
where request_id = $request_id::varchar
order by request_id

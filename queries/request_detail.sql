-- One request, with its agency, topics, and lead partners.
-- key: request_id
-- params: viewer, request_id, as_of
with answers as (
    select request_id, leads_of(lead_partner_id, status) as lead_partner_ids
    from visible_engagement_rows($viewer)
    where request_id = $request_id::varchar
    group by request_id
)

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
    joined_names(answers.lead_partner_ids, partners.partner_name_of) as lead_partners,
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
from visible_requests($viewer)
left join answers using (request_id)
cross join topic_names($viewer) as names
cross join partner_names($viewer) as partners
where request_id = $request_id::varchar
order by request_id

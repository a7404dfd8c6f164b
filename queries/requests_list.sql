-- Requests, newest first.
-- key: request_id
-- params: viewer, filters, as_of, row_limit
-- ignores: statuses
with newest as (
    -- Cut to the limit before anything is looked up.
    select request_id
    from filtered_requests($viewer, $filters)
    order by received_on desc, request_id desc
    limit $row_limit::bigint
),

answers as (
    select request_id, leads_of(lead_partner_id, status) as lead_partner_ids
    from visible_engagement_rows($viewer)
    where request_id in (select request_id from newest)
    group by request_id
)

select
    request_id,
    received_on,
    agency_id,
    agency_name,
    agency_type,
    state,
    region,
    size_band,
    sworn_officers,
    status,
    joined_names(topic_ids, names.topic_name_of) as topics,
    array_to_string(topic_ids, ';') as topic_ids,
    joined_names(answers.lead_partner_ids, partners.partner_name_of) as lead_partners,
    decided_on,
    assigned_on,
    delivery_started_on,
    closed_on,
    days_to_decided,
    days_to_delivery_started,
    days_to_closed,
    days_open(is_open, received_on, $as_of) as days_open,
    summary
from visible_requests($viewer)
join newest using (request_id)
left join answers using (request_id)
cross join topic_names($viewer) as names
cross join partner_names($viewer) as partners
order by received_on desc, request_id desc

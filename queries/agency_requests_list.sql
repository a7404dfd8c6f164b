-- One agency's requests, newest first.
-- key: request_id
-- params: viewer, agency_id, as_of, row_limit
with answers as (
    select request_id, leads_of(lead_partner_id, status) as lead_partner_ids
    from engagements_of_agency($viewer, $agency_id::varchar)
    group by request_id
)

select
    request_id,
    received_on,
    status,
    joined_names(topic_ids, names.topic_name_of) as topics,
    joined_names(answers.lead_partner_ids, partners.partner_name_of) as lead_partners,
    decided_on,
    assigned_on,
    delivery_started_on,
    closed_on,
    days_to_decided,
    days_to_delivery_started,
    days_to_closed,
    days_open(is_open, received_on, $as_of) as days_open
from requests_of_agency($viewer, $agency_id::varchar)
left join answers using (request_id)
cross join topic_names($viewer) as names
cross join partner_names($viewer) as partners
order by received_on desc, request_id desc
limit $row_limit::bigint

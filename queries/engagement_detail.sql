-- One engagement, with its request.
-- key: engagement_id
-- params: viewer, engagement_id
select
    engagement_id,
    request_id,
    agency_id,
    agency_name,
    city,
    state,
    size_band,
    topic_id,
    joined_names([topic_id], topics.topic_name_of) as topic_name,
    lead_partner_id,
    joined_names([lead_partner_id], partners.partner_name_of) as lead_partner_name,
    joined_names(supporting_partner_ids, partners.partner_name_of)
        as supporting_partners,
    delivery_mode,
    status,
    period_on,
    started_on,
    ended_on,
    planned_start_on,
    planned_end_on,
    last_activity_on,
    hours,
    participants_in_person,
    participants_virtual,
    site_name,
    placed_by,
    latitude,
    longitude,
    request_received_on,
    request_status,
    request_summary
from visible_engagements($viewer)
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
where engagement_id = $engagement_id::varchar
order by engagement_id

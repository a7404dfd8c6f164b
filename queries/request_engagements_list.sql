-- Engagements for one request, earliest start first.
-- key: engagement_id
-- params: viewer, request_id
select
    engagement_id,
    joined_names([topic_id], topics.topic_name_of) as topic_name,
    joined_names([lead_partner_id], partners.partner_name_of) as lead_partner_name,
    status,
    planned_start_on,
    started_on,
    planned_end_on,
    ended_on,
    hours
from visible_engagements($viewer)
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
where request_id = $request_id::varchar
order by period_on nulls last, engagement_id

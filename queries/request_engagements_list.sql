-- The engagements that answer one request, the first to begin first.
-- key: engagement_id
-- params: viewer_role, viewer_partner, request_id
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
from visible_engagements($viewer_role, $viewer_partner)
cross join topic_names($viewer_role, $viewer_partner) as topics
cross join partner_names($viewer_role, $viewer_partner) as partners
where request_id = $request_id::varchar
order by period_on nulls last, engagement_id

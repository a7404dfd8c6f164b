-- The engagements for one agency's requests, newest first.
-- key: engagement_id
-- params: viewer, agency_id, row_limit
with newest as materialized (
    -- Cut to the limit before anything is looked up.
    select engagement_id, topic_id, period_on
    from engagements_of_agency($viewer, $agency_id::varchar)
    order by period_on desc nulls last, engagement_id desc
    limit $row_limit::bigint
)

select
    engagement_id,
    engagements.request_id,
    joined_names([newest.topic_id], topics.topic_name_of) as topic_name,
    joined_names([engagements.lead_partner_id], partners.partner_name_of)
        as lead_partner_name,
    joined_names(engagements.supporting_partner_ids, partners.partner_name_of)
        as supporting_partners,
    engagements.status,
    engagements.delivery_mode,
    engagements.planned_start_on,
    engagements.started_on,
    engagements.planned_end_on,
    engagements.ended_on,
    engagements.hours,
    engagements.participants_in_person,
    engagements.participants_virtual,
    engagements.site_name
from newest
join visible_engagement_rows($viewer) as engagements using (engagement_id)
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by newest.period_on desc nulls last, engagement_id desc

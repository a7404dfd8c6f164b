-- The engagements, newest first.
-- key: engagement_id
-- params: viewer, filters, row_limit
with newest as materialized (
    -- Cut to the limit before anything is looked up.
    select
        engagement_id,
        agency_id,
        topic_id,
        period_on,
        state,
        size_band,
        latitude,
        longitude
    from filtered_engagements($viewer, $filters)
    order by period_on desc nulls last, engagement_id desc
    limit $row_limit::bigint
)

select
    engagement_id,
    engagements.request_id,
    newest.agency_id,
    agencies.agency_name,
    agencies.city,
    newest.state,
    newest.size_band,
    newest.topic_id,
    joined_names([newest.topic_id], topics.topic_name_of) as topic_name,
    engagements.lead_partner_id,
    joined_names([engagements.lead_partner_id], partners.partner_name_of)
        as lead_partner_name,
    joined_names(engagements.supporting_partner_ids, partners.partner_name_of)
        as supporting_partners,
    engagements.delivery_mode,
    engagements.status,
    newest.period_on,
    engagements.started_on,
    engagements.ended_on,
    engagements.planned_start_on,
    engagements.planned_end_on,
    engagements.last_activity_on,
    engagements.hours,
    engagements.participants_in_person,
    engagements.participants_virtual,
    engagements.site_name,
    newest.latitude,
    newest.longitude
from newest
join visible_engagement_rows($viewer) as engagements using (engagement_id)
left join visible_agencies($viewer) as agencies
    on agencies.agency_id = newest.agency_id
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by newest.period_on desc nulls last, engagement_id desc

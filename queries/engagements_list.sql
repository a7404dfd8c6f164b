-- The engagements, newest first.
-- key: engagement_id
-- params: viewer, filters, row_limit
with newest as (
    -- Cut to the limit before anything is looked up.
    select engagement_id
    from engagements_of_any_period($viewer, $filters)
    where
        is_in_period($filters, period_on)
        and is_delivery_chosen(
            $filters, lead_partner_id, supporting_partner_ids, status
        )
    order by period_on desc nulls last, engagement_id desc
    limit $row_limit::bigint
)

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
    latitude,
    longitude
from visible_engagements($viewer)
join newest using (engagement_id)
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by period_on desc nulls last, engagement_id desc

-- The planned and active engagements: late ones first, then by their next date.
-- key: engagement_id
-- params: viewer, filters, as_of, row_limit
-- ignores: date_from, date_to, statuses
with first_ones as materialized (
    -- Cut to the limit before anything is looked up.
    select
        engagement_id,
        agency_id,
        topic_id,
        next_step,
        next_on,
        case
            when days_past_start is not null then 'not_started'
            when days_past_end is not null then 'not_ended'
        end as late,
        days_late
    from open_engagements($viewer, $filters, $as_of)
    order by days_late desc nulls last, next_on nulls last, engagement_id
    limit $row_limit::bigint
)

select
    engagement_id,
    engagements.status,
    first_ones.late,
    first_ones.days_late,
    first_ones.next_step,
    first_ones.next_on,
    agencies.agency_name,
    agencies.city,
    agencies.state,
    first_ones.topic_id,
    joined_names([first_ones.topic_id], topics.topic_name_of) as topic_name,
    engagements.delivery_mode,
    engagements.planned_start_on,
    engagements.started_on,
    engagements.planned_end_on,
    engagements.last_activity_on,
    engagements.hours,
    engagements.participants_in_person,
    engagements.participants_virtual,
    engagements.site_name,
    joined_names([engagements.lead_partner_id], partners.partner_name_of)
        as lead_partner_name,
    joined_names(engagements.supporting_partner_ids, partners.partner_name_of)
        as supporting_partners,
    engagements.request_id
from first_ones
join visible_engagement_rows($viewer) as engagements using (engagement_id)
left join visible_agencies($viewer) as agencies
    on agencies.agency_id = first_ones.agency_id
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by first_ones.days_late desc nulls last, first_ones.next_on nulls last, engagement_id

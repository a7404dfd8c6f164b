-- The days ahead of engagements, from the as-of date on: planned starts of those not begun,
-- planned ends of those not ended, and the last days for follow-ups that are not in yet.
-- key: engagement_id, step
-- params: viewer, filters, as_of, days_ahead, row_limit
-- ignores: date_from, date_to, statuses
with steps as (
    select
        engagement_id, agency_id, topic_id, 'start' as step, 1 as step_order, next_on as step_on
    from open_engagements($viewer, $filters, $as_of)
    where next_step = 'start'
    union all
    select engagement_id, agency_id, topic_id, 'end', 2, planned_end_on
    from open_engagements($viewer, $filters, $as_of)
    where ended_on is null
    union all
    select distinct
        engagement_id, agency_id, topic_id, 'followup', 3, followup_due_on(ended_on)
    from outcomes_of_any_period($viewer, $filters)
    where
        is_awaiting_followup(baseline_value, followup_value)
        and not is_cancelled(engagement_status)
),

ahead as materialized (
    select *
    from steps
    where
        step_on >= $as_of::date
        and (
            $days_ahead::integer is null
            or step_on <= $as_of::date + $days_ahead::integer
        )
    order by step_on, engagement_id, step_order
    limit $row_limit::bigint
)

select
    ahead.step_on,
    ahead.step,
    engagement_id,
    engagements.status,
    agencies.agency_name,
    agencies.city,
    agencies.state,
    joined_names([ahead.topic_id], topics.topic_name_of) as topic_name,
    engagements.delivery_mode,
    engagements.site_name,
    joined_names([engagements.lead_partner_id], partners.partner_name_of)
        as lead_partner_name,
    joined_names(engagements.supporting_partner_ids, partners.partner_name_of)
        as supporting_partners,
    engagements.request_id
from ahead
join visible_engagement_rows($viewer) as engagements using (engagement_id)
left join visible_agencies($viewer) as agencies on agencies.agency_id = ahead.agency_id
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by ahead.step_on, engagement_id, ahead.step

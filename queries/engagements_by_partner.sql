-- Who answers: the engagements that each partner leads, how soon delivery began on
-- the requests that they answer, and what share of what was measured got better.
-- The share of fewer than suppress_below measurements is blank, and one more where
-- it could be worked out from the total.
-- key: lead_partner_id
-- params: viewer, filters, suppress_below
-- ignores: partners, statuses
with
-- A request counts once for each partner, however many engagements answer it.
answered as (
    select
        coalesce(lead_partner_id, 'Not reported') as lead_partner_id,
        request_id,
        any_value(agency_code) as agency_code,
        any_value(days_to_delivery_started) as days_to_delivery_started,
        count(*) as engagements,
        count(hours) as engagements_with_hours,
        sum(hours) as hours
    from engagements_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on) and not is_cancelled(status)
    group by 1, request_id
),

delivered as (
    select
        lead_partner_id,
        sum(engagements)::bigint as engagements,
        different_count(agency_code, true) as agencies_served,
        sum(engagements_with_hours)::bigint as engagements_with_hours,
        sum(hours) as hours,
        median_days(days_to_delivery_started, true)
            as median_days_to_delivery_started
    from answered
    group by all
),

measured as (
    select
        coalesce(lead_partner_id, 'Not reported') as lead_partner_id,
        pair_count(baseline_value, followup_value, true) as n,
        share_improved(metrics.better, baseline_value, followup_value, true)
            as share_improved
    from outcomes_of_any_period($viewer, $filters)
    left join visible_metrics($viewer) as metrics
        using (metric_id)
    where is_in_period($filters, period_on)
    group by all
),

-- What was measured in the period may be of engagements before it.
together as (
    select
        lead_partner_id,
        coalesce(engagements, 0) as engagements,
        coalesce(agencies_served, 0) as agencies_served,
        coalesce(engagements_with_hours, 0) as engagements_with_hours,
        hours,
        median_days_to_delivery_started,
        coalesce(n, 0) as n,
        share_improved
    from delivered
    full join measured using (lead_partner_id)
),

hidden as (
    select *, is_hidden(n, lead_partner_id, $suppress_below) as is_suppressed
    from together
)

select
    lead_partner_id,
    joined_names([lead_partner_id], names.partner_name_of) as lead_partner_name,
    engagements,
    agencies_served,
    engagements_with_hours,
    hours,
    median_days_to_delivery_started,
    case when not is_suppressed then n end as n,
    case when not is_suppressed then share_improved end as share_improved,
    is_suppressed
from hidden
cross join partner_names($viewer) as names
order by engagements desc, lead_partner_id

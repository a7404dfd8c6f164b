-- The engagements that each partner leads, how soon delivery began on the requests
-- that they answer, and what share of their outcomes improved. The share of fewer
-- than suppress_below measurements is blank, and one more where it could be worked
-- out from the total.
-- key: lead_partner_id
-- params: viewer, filters, suppress_below
-- ignores: statuses
with delivered as (
    select
        lead_or_none(lead_partner_id) as lead_partner_id,
        count(*) as engagements,
        count(hours) as engagements_with_hours,
        sum(hours) as hours
    from engagements_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on) and not is_cancelled
    group by 1
),

served as (
    select lead_partner_id, count(*) as agencies_served
    from (
        select distinct lead_or_none(lead_partner_id) as lead_partner_id, agency_code
        from engagements_of_any_period($viewer, $filters)
        where is_in_period($filters, period_on) and not is_cancelled
    )
    group by lead_partner_id
),

-- A request counts once for each partner, however many engagements answer it: most
-- have one, so that few have to be told apart.
counted_days as (
    select
        lead_or_none(lead_partner_id) as lead_partner_id,
        days_to_delivery_started as days,
        count(*) as requests
    from engagements_of_any_period($viewer, $filters)
    where
        is_in_period($filters, period_on)
        and not is_cancelled
        and not is_one_of_several
    group by all
    union all
    select
        lead_or_none(lead_partner_id),
        days_to_delivery_started,
        count(distinct request_id)
    from engagements_of_any_period($viewer, $filters)
    where
        is_in_period($filters, period_on)
        and not is_cancelled
        and is_one_of_several
    group by all
),

days_until as (
    select
        lead_partner_id,
        days,
        rows_until(sum(requests), lead_partner_id, days) as until_here,
        rows_of_all(sum(requests), lead_partner_id) as of_all
    from counted_days
    where days is not null
    group by lead_partner_id, days
),

medians as (
    select
        lead_partner_id,
        median_of_counted(days, until_here, of_all) as median_days_to_delivery_started
    from days_until
    group by lead_partner_id
),

-- What is better depends on the metric alone: it is looked up after counting.
counted_outcomes as (
    select
        lead_or_none(lead_partner_id) as lead_partner_id,
        metric_id,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on)
    group by all
),

measured as (
    select
        lead_partner_id,
        sum(n)::bigint as n,
        sum(better_count(metrics.better, ups, downs))::bigint as improved,
        share_of(improved, sum(n)) as share_improved
    from counted_outcomes
    left join visible_metrics($viewer) as metrics using (metric_id)
    group by lead_partner_id
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
        coalesce(improved, 0) as improved,
        share_improved
    from delivered
    full join measured using (lead_partner_id)
    left join served using (lead_partner_id)
    left join medians using (lead_partner_id)
),

hidden as (
    select *, is_hidden(n, improved, lead_partner_id, $suppress_below) as is_suppressed
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

-- In what share of outcomes of engagements that one partner leads things got better, by
-- topic. Topics of fewer than suppress_below measurements are blank, and more where they
-- could be worked out.
-- key: group_id
-- params: viewer, filters, partner_id, suppress_below
-- ignores: statuses
-- then: outcome_groups
with counted as (
    select
        coalesce(topic_id, 'Not reported') as group_id,
        metric_id,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    where
        is_in_period($filters, period_on)
        and lead_partner_id = $partner_id::varchar
    group by all
),

grouped as (
    select
        group_id,
        sum(n)::bigint as n,
        sum(better_count(metrics.better, ups, downs))::bigint as outcomes_improved,
        sum(better_count(metrics.better, downs, ups))::bigint as outcomes_worse
    from counted
    left join visible_metrics($viewer) as metrics using (metric_id)
    group by group_id
),

hidden as (
    select
        *,
        is_hidden(n, outcomes_improved, group_id, $suppress_below) as is_suppressed
    from grouped
)

select
    group_id,
    coalesce(topics.topic_name, group_id) as group_name,
    case when not is_suppressed then n end as n,
    case when not is_suppressed then outcomes_improved end as outcomes_improved,
    case when not is_suppressed then n - outcomes_improved - outcomes_worse end
        as outcomes_same,
    case when not is_suppressed then outcomes_worse end as outcomes_worse,
    case when not is_suppressed then share_of(outcomes_improved, n) end
        as share_improved,
    is_suppressed
from hidden
left join visible_topics($viewer) as topics on topics.topic_id = group_id
order by group_name, group_id

-- The measurements, newest first.
-- key: outcome_id
-- params: viewer, filters, row_limit
-- ignores: statuses
with newest as (
    -- Cut to the limit before anything is looked up.
    select outcome_id, engagement_id, metric_id, state, topic_id, period_on
    from filtered_outcomes($viewer, $filters)
    order by period_on desc nulls last, outcome_id desc
    limit $row_limit::bigint
)

select
    outcome_id,
    newest.engagement_id,
    newest.metric_id,
    metrics.metric_name,
    newest.state,
    newest.topic_id,
    outcomes.baseline_value,
    outcomes.baseline_on,
    outcomes.followup_value,
    outcomes.followup_on,
    outcomes.target_value,
    outcomes.respondents_invited,
    outcomes.respondents_responded,
    is_improved(metrics.better, outcomes.baseline_value, outcomes.followup_value)
        as is_improved
from newest
join visible_outcome_rows($viewer) as outcomes using (outcome_id)
left join visible_metrics($viewer) as metrics
    on metrics.metric_id = newest.metric_id
order by newest.period_on desc nulls last, outcome_id desc

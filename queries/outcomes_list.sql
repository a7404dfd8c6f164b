-- The measurements, newest first.
-- key: outcome_id
-- params: viewer, filters, row_limit
-- ignores: partners, statuses
select
    outcome_id,
    engagement_id,
    metric_id,
    metrics.metric_name,
    state,
    topic_id,
    baseline_value,
    baseline_on,
    followup_value,
    followup_on,
    target_value,
    respondents_invited,
    respondents_responded,
    is_improved(metrics.better, baseline_value, followup_value) as is_improved
from filtered_outcomes($viewer, $filters)
left join visible_metrics($viewer) as metrics using (metric_id)
order by period_on desc nulls last, outcome_id desc
limit $row_limit::bigint

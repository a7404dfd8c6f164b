-- The outcomes of one engagement, measured before and after, by metric.
-- key: outcome_id
-- params: viewer, engagement_id
select
    outcomes.outcome_id,
    coalesce(metrics.metric_name, outcomes.metric_id) as metric_name,
    metrics.unit,
    metrics.better,
    outcomes.baseline_value,
    outcomes.followup_value,
    outcomes.followup_on
from visible_outcome_rows($viewer) as outcomes
left join visible_metrics($viewer) as metrics using (metric_id)
where outcomes.engagement_id = $engagement_id::varchar
order by metric_name, outcomes.outcome_id

-- The outcomes of one agency's engagements, newest first.
-- key: outcome_id
-- params: viewer, agency_id, row_limit
with newest as materialized (
    -- Cut to the limit before anything is looked up.
    select outcome_id, metric_id, engagement_id, period_on, change
    from outcomes_of_agency($viewer, $agency_id::varchar)
    order by period_on desc nulls last, outcome_id desc
    limit $row_limit::bigint
)

select
    outcome_id,
    newest.engagement_id,
    coalesce(metric_name, newest.metric_id) as metric_name,
    case
        when is_improved(better, baseline_value, followup_value) then 'improved'
        when change = 0 then 'same'
        when change is not null and better is not null then 'worse'
        when is_awaiting_followup(baseline_value, followup_value)
            then 'awaiting_followup'
        when baseline_value is null then 'without_baseline'
    end as result,
    goal,
    unit,
    better,
    outcomes.baseline_value,
    outcomes.baseline_on,
    outcomes.followup_value,
    outcomes.followup_on,
    newest.change,
    outcomes.target_value,
    outcomes.respondents_invited,
    outcomes.respondents_responded
from newest
join visible_outcome_rows($viewer) as outcomes using (outcome_id)
left join visible_metrics($viewer) as metrics on metrics.metric_id = newest.metric_id
order by newest.period_on desc nulls last, outcome_id desc

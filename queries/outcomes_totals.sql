-- How many outcomes were measured, and in what share things got better.
-- key: one row
-- params: viewer, filters, suppress_below
-- ignores: partners, statuses
with measured as (
    select
        row_count(true) as outcomes,
        row_count(
            is_awaiting_followup(baseline_value, followup_value)
        ) as outcomes_awaiting_followup,
        row_count(baseline_value is null) as outcomes_without_baseline,
        pair_count(baseline_value, followup_value, true) as n,
        share_improved(metrics.better, baseline_value, followup_value, true)
            as share_of_outcomes_improved
    from outcomes_of_any_period($viewer, $filters)
    left join visible_metrics($viewer) as metrics
        using (metric_id)
    where is_in_period($filters, period_on)
)

select
    outcomes,
    outcomes_awaiting_followup,
    outcomes_without_baseline,
    n,
    case
        when not is_too_few(n, $suppress_below) then share_of_outcomes_improved
    end as share_of_outcomes_improved,
    is_too_few(n, $suppress_below) as is_suppressed
from measured
order by all

-- How many outcomes were measured, in what share things got better, and what is not known.
-- key: one row
-- params: viewer, filters, as_of, suppress_below
-- ignores: statuses
with
-- What is better depends on the metric alone: it is looked up after counting.
by_metric as (
    select
        metric_id,
        row_count(true) as outcomes,
        row_count(
            is_awaiting_followup(baseline_value, followup_value)
        ) as outcomes_awaiting_followup,
        count(
            days_without_followup(
                baseline_value, followup_value, engagement_status, ended_on, $as_of
            )
        ) as outcomes_overdue,
        row_count(baseline_value is null) as outcomes_without_baseline,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on)
    group by metric_id
),

measured as (
    select
        coalesce(sum(outcomes), 0)::bigint as outcomes,
        coalesce(sum(outcomes_awaiting_followup), 0)::bigint
            as outcomes_awaiting_followup,
        coalesce(sum(outcomes_overdue), 0)::bigint as outcomes_overdue,
        coalesce(sum(outcomes_without_baseline), 0)::bigint
            as outcomes_without_baseline,
        coalesce(sum(n), 0)::bigint as n,
        share_of(sum(better_count(metrics.better, ups, downs)), sum(n))
            as share_of_outcomes_improved,
        share_of(sum(better_count(metrics.better, downs, ups)), sum(n))
            as share_of_outcomes_worse
    from by_metric
    left join visible_metrics($viewer) as metrics using (metric_id)
)

select
    outcomes,
    outcomes_awaiting_followup,
    outcomes_overdue,
    outcomes_without_baseline,
    n,
    case
        when not is_too_few(n, $suppress_below) then share_of_outcomes_improved
    end as share_of_outcomes_improved,
    case
        when not is_too_few(n, $suppress_below)
            then 1 - share_of_outcomes_improved - share_of_outcomes_worse
    end as share_of_outcomes_same,
    case
        when not is_too_few(n, $suppress_below) then share_of_outcomes_worse
    end as share_of_outcomes_worse,
    is_too_few(n, $suppress_below) as is_suppressed
from measured
order by all

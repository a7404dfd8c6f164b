-- How each outcome metric changed from baseline to follow-up, with the 95 %
-- interval of the mean. Rows of fewer than suppress_below measurements are blank,
-- and one more where they could be worked out from the total.
-- key: metric_id
-- params: viewer, filters, suppress_below
-- ignores: partners, statuses
with chosen as (
    select
        metric_id,
        metrics.metric_name,
        metrics.goal,
        metrics.unit,
        metrics.better,
        metrics.level,
        -- Values count in pairs: a baseline alone says nothing of a change.
        outcomes.followup_value - outcomes.baseline_value as change,
        case when change is not null then outcomes.baseline_value end as baseline_value,
        case when change is not null then outcomes.followup_value end as followup_value
    from outcomes_of_any_period($viewer, $filters) as outcomes
    left join visible_metrics($viewer) as metrics
        using (metric_id)
    where is_in_period($filters, period_on)
),

measured as (
    select
        metric_id,
        metric_name,
        goal,
        unit,
        better,
        level,
        count(*) as outcomes,
        count(change) as n,
        avg(baseline_value) as mean_baseline,
        avg(followup_value) as mean_followup,
        avg(change) as mean_change,
        t_975(count(change) - 1) * stddev_samp(change) / sqrt(count(change))
            as half_width,
        share_improved(better, baseline_value, followup_value, true)
            as share_improved,
        share_of(count(change), count(*)) as share_of_outcomes_followed_up
    from chosen
    group by all
),

hidden as (
    select *, is_hidden(n, metric_id, $suppress_below) as is_suppressed
    from measured
)

select
    metric_id,
    metric_name,
    goal,
    unit,
    better,
    level,
    case when not is_suppressed then outcomes end as outcomes,
    case when not is_suppressed then n end as n,
    case when not is_suppressed then mean_baseline end as mean_baseline,
    case when not is_suppressed then mean_followup end as mean_followup,
    case when not is_suppressed then mean_change end as mean_change,
    case when not is_suppressed then mean_change - half_width end as ci_low,
    case when not is_suppressed then mean_change + half_width end as ci_high,
    case when not is_suppressed then share_improved end as share_improved,
    case when not is_suppressed then share_of_outcomes_followed_up end
        as share_of_outcomes_followed_up,
    is_suppressed
from hidden
order by goal, metric_name, metric_id

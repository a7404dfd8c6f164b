-- How each outcome metric changed from baseline to follow-up, with the 95 %
-- interval of the mean. Rows of fewer than suppress_below measurements are blank,
-- and one more where they could be worked out from the total.
-- key: metric_id
-- params: viewer, filters, suppress_below
-- ignores: partners, statuses
with counted as (
    select
        metric_id,
        count(*) as outcomes,
        count(change) as n,
        -- Values count in pairs: a baseline alone says nothing of a change.
        avg(baseline_value) filter (where change is not null) as mean_baseline,
        avg(followup_value) filter (where change is not null) as mean_followup,
        avg(change) as mean_change,
        stddev_samp(change) as deviation,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on)
    group by metric_id
),

measured as (
    select
        counted.*,
        metrics.metric_name,
        metrics.goal,
        metrics.unit,
        metrics.better,
        metrics.level,
        t_975(n - 1) * deviation / sqrt(n) as half_width,
        share_of(better_count(metrics.better, ups, downs), n) as share_improved,
        share_of(n, outcomes) as share_of_outcomes_followed_up
    from counted
    left join visible_metrics($viewer) as metrics using (metric_id)
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

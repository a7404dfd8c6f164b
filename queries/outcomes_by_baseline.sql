-- In what share of outcomes things got better, by where they began: in the worse or the
-- better half of the metric's baselines, or right in the middle. If mainly those that began worse got better, part
-- of it is regression to the mean.
-- key: began
-- params: viewer, filters, suppress_below
-- ignores: statuses
with measured as (
    select
        metric_id,
        baseline_value,
        change,
        median(baseline_value) over (partition by metric_id) as middle
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on) and change is not null
),

halves as (
    select
        metric_id,
        sign(baseline_value - middle) as side,
        count(*) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from measured
    group by all
),

counted as (
    select
        case
            when side = 0 then 'middle'
            when (metrics.better = 'higher') = (side < 0) then 'worse half'
            else 'better half'
        end as began,
        sum(n)::bigint as n,
        sum(better_count(metrics.better, ups, downs))::bigint as outcomes_improved,
        sum(better_count(metrics.better, downs, ups))::bigint as outcomes_worse
    from halves
    join visible_metrics($viewer) as metrics using (metric_id)
    group by 1
),

hidden as (
    select *, is_hidden(n, outcomes_improved, began, $suppress_below) as is_suppressed
    from counted
)

select
    began,
    case when not is_suppressed then n end as n,
    case when not is_suppressed then outcomes_improved end as outcomes_improved,
    case when not is_suppressed then n - outcomes_improved - outcomes_worse end
        as outcomes_same,
    case when not is_suppressed then outcomes_worse end as outcomes_worse,
    case when not is_suppressed then share_of(outcomes_improved, n) end
        as share_improved,
    is_suppressed
from hidden
order by began desc

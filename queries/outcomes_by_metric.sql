-- How each outcome metric changed from baseline to follow-up: how many improved, stayed the
-- same, or got worse, and the change at a typical agency with its 95% interval. Rows of
-- fewer than suppress_below measurements are blank, and more where they could be worked out
-- from the total.
-- key: metric_id
-- params: viewer, filters, suppress_below
-- ignores: statuses
-- then: outcome_changes
with of_agencies as (
    -- Measurements of one agency resemble each other: they count as one change.
    select
        metric_id,
        agency_code,
        count(*) as outcomes,
        count(followup_value) as outcomes_followed_up,
        count(change) as n,
        sum(baseline_value) filter (where change is not null) as baselines,
        sum(followup_value) filter (where change is not null) as followups,
        avg(change) as agency_change,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs,
        row_count(change is not null and target_value is not null) as with_target,
        row_count(followup_value >= target_value and change is not null) as at_or_above,
        row_count(followup_value <= target_value and change is not null) as at_or_below,
        sum(respondents_invited) filter (
            where respondents_invited > 0 and respondents_responded is not null
        ) as invited,
        sum(respondents_responded) filter (where respondents_invited > 0) as responded
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on)
    group by metric_id, agency_code
),

counted as (
    select
        metric_id,
        sum(outcomes)::bigint as outcomes,
        sum(outcomes_followed_up)::bigint as outcomes_followed_up,
        sum(n)::bigint as n,
        count(agency_change) as agencies,
        share_of(sum(baselines), sum(n)) as mean_baseline,
        share_of(sum(followups), sum(n)) as mean_followup,
        sum(ups)::bigint as ups,
        sum(downs)::bigint as downs,
        sum(with_target)::bigint as with_target,
        sum(at_or_above)::bigint as at_or_above,
        sum(at_or_below)::bigint as at_or_below,
        share_of(sum(responded), sum(invited)) as response_rate,
        list(agency_change) filter (where agency_change is not null) as agency_changes
    from of_agencies
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
        better_count(metrics.better, ups, downs) as outcomes_improved,
        better_count(metrics.better, downs, ups) as outcomes_worse,
        better_count(metrics.better, at_or_above, at_or_below) as targets_met
    from counted
    left join visible_metrics($viewer) as metrics using (metric_id)
),

hidden as (
    select
        *,
        is_hidden(n, outcomes_improved, metric_id, $suppress_below) as is_suppressed
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
    case when not is_suppressed then agencies end as agencies,
    case when not is_suppressed then outcomes_improved end as outcomes_improved,
    case when not is_suppressed then n - outcomes_improved - outcomes_worse end
        as outcomes_same,
    case when not is_suppressed then outcomes_worse end as outcomes_worse,
    case when not is_suppressed then share_of(outcomes_improved, n) end
        as share_improved,
    case when not is_suppressed then mean_baseline end as mean_baseline,
    case when not is_suppressed then mean_followup end as mean_followup,
    case when not is_suppressed then mean_followup - mean_baseline end as mean_change,
    case when not is_suppressed then agency_changes end as agency_changes,
    case when not is_suppressed then share_of(outcomes_followed_up, outcomes) end
        as share_of_outcomes_followed_up,
    case when not is_suppressed then with_target end as outcomes_with_target,
    case when not is_suppressed then share_of(targets_met, with_target) end
        as share_of_targets_met,
    case when not is_suppressed then response_rate end as share_of_invited_responded,
    is_suppressed
from hidden
order by goal, metric_name, metric_id

-- The chosen fiscal year to date against the one before, at equal maturity: requests
-- received on its first so many days, as known on the last of these days.

create or replace macro fiscal_year_from(in_on) as
    make_date(fiscal_year(in_on) - 1, 10, 1);

-- How far from zero a difference must be to be more than noise, where several are
-- looked at side by side: the 1 - 0.025 / n quantile of the normal distribution.
create or replace macro z_of_comparisons(in_comparisons) as
    case
        when in_comparisons <= 1 then 1.959964
        when in_comparisons = 2 then 2.241403
        when in_comparisons = 3 then 2.393980
        when in_comparisons = 4 then 2.497705
        when in_comparisons = 5 then 2.575829
        else 2.638257
    end;

create or replace macro verdict_of(in_z, in_comparisons) as
    case
        when abs(in_z) < z_of_comparisons(in_comparisons) then 'no clear difference'
        when in_z > 0 then 'faster'
        when in_z < 0 then 'slower'
    end;

-- A row per group, or per stage ('stage'): both years side by side, and the log-rank test
-- (Mantel 1966) of the difference, above zero where this year is faster.
-- `in_years` are those of store/compared_years: found first, as in compared_period.
create or replace macro stage_years(
    in_viewer, in_filters, in_stage, in_by, in_years, in_target_days, in_as_of
) as table
with observed as (
    select
        group_number::varchar as group_id,
        is_this_year,
        observed_end(end_code, days, begun_on, observed_on, in_as_of) as end_now,
        observed_days(end_now, days, begun_on, observed_on) as days_now
    from
        requests_in_stage(in_viewer, in_filters, in_stage, in_by, in_years, in_as_of)
    where in_by <> 'stage'
),

counted as (
    select group_id, is_this_year, end_now as end_code, days_now as days, count(*) as requests
    from observed
    where end_now is not null
    group by all
    union all
    select stage, is_this_year, end_code, days, requests
    from counted_by_stage(in_viewer, in_filters, in_years, in_as_of)
    where in_by = 'stage'
),

by_day as (
    select
        group_id,
        days,
        coalesce(sum(requests) filter (where is_this_year), 0) as entered,
        coalesce(sum(requests) filter (where not is_this_year), 0) as entered_last_year,
        if(days is null, 0, entered) as known,
        if(days is null, 0, entered_last_year) as known_last_year,
        coalesce(
            sum(requests) filter (where is_this_year and is_ended(end_code)), 0
        ) as ended,
        coalesce(
            sum(requests) filter (where not is_this_year and is_ended(end_code)), 0
        ) as ended_last_year
    from counted
    group by group_id, days
),

at_risk as (
    select
        *,
        at_risk_on(known, group_id, days) as at_risk,
        at_risk_on(known_last_year, group_id, days) as at_risk_last_year,
        at_risk + at_risk_last_year as at_risk_both,
        ended + ended_last_year as ended_both
    from by_day
),

curve as (
    select
        *,
        if(
            known > 0, share_waiting(ended, at_risk, group_id, days), null
        ) as share_waiting,
        if(
            known_last_year > 0,
            share_waiting(ended_last_year, at_risk_last_year, group_id, days),
            null
        ) as share_waiting_last_year,
        ended - ended_both * at_risk / nullif(at_risk_both, 0) as more_than_expected,
        ended_both
        * (at_risk / nullif(at_risk_both, 0))
        * (at_risk_last_year / nullif(at_risk_both, 0))
        * (at_risk_both - ended_both)
        / nullif(at_risk_both - 1, 0) as variance
    from at_risk
)

select
    group_id,
    sum(entered)::bigint as requests_entered,
    sum(entered_last_year)::bigint as requests_entered_last_year,
    sum(ended)::bigint as requests_ended,
    sum(ended_last_year)::bigint as requests_ended_last_year,
    days_until_share(0.5, days, share_waiting) as median_days,
    days_until_share(0.5, days, share_waiting_last_year) as median_days_last_year,
    target_of(in_target_days, coalesce(in_stage, group_id)) as target_days,
    share_within(
        target_of(in_target_days, coalesce(in_stage, group_id)),
        case when known > 0 then days end,
        share_waiting,
        sum(ended) = sum(known) and sum(known) > 0
    ) as share_within_target,
    share_within(
        target_of(in_target_days, coalesce(in_stage, group_id)),
        case when known_last_year > 0 then days end,
        share_waiting_last_year,
        sum(ended_last_year) = sum(known_last_year) and sum(known_last_year) > 0
    ) as share_within_target_last_year,
    -- Nothing is expected of a year without requests.
    case
        when sum(variance) > 0
            then sum(more_than_expected) / sqrt(sum(variance))
    end as logrank_z
from curve
group by group_id;

-- How long requests are in a stage, honestly: those still in it count with the days that
-- they have waited so far (Kaplan and Meier 1958).

-- Of days with their requests: how many were still in the stage when a day began.
create or replace macro at_risk_on(in_requests, in_of_what, in_days) as
    sum(in_requests) over (partition by in_of_what order by in_days desc);

-- The share of requests still in the stage after a day, had none left it before its
-- end: Kaplan-Meier. With the ends of all kinds, the share that is really still in it.
create or replace macro share_waiting(in_ended, in_at_risk, in_of_what, in_days) as
    product(1 - coalesce(in_ended / nullif(in_at_risk, 0), 0))
        over (partition by in_of_what order by in_days);

-- The first day by which so large a share has ended; null where it is not reached.
-- A product of many shares is exact to some digits only.
create or replace macro days_until_share(in_share, in_days, in_share_waiting) as
    min(in_days) filter (where in_share_waiting <= 1 - in_share + 1e-9);

-- The share ended within so many days; null where nobody was watched so long, unless
-- all have ended.
create or replace macro share_within(
    in_target, in_days, in_share_waiting, in_is_all_ended
) as
    case
        when max(in_days) >= in_target or in_is_all_ended
            then 1 - coalesce(min(in_share_waiting) filter (where in_days <= in_target), 1)
    end;

-- One stage, a row per group, or a row per stage ('stage'): how many requests, how they
-- ended, and how soon. A request of several topics is in the group of each.
create or replace macro stage_times(
    in_viewer, in_filters, in_stage, in_by, in_target_days, in_as_of
) as table
with counted as (
    select *
    from counted_stage_days(in_viewer, in_filters, in_stage, in_by, in_as_of)
),

grouped as (
    select group_id, end_code, days, requests
    from counted
    where in_by not in ('topic', 'stage')
    union all
    select stage, end_code, days, requests
    from counted_by_stage(in_viewer, in_filters, no_years(in_filters), in_as_of)
    where in_by = 'stage'
    union all
    select topic_id, end_code, days, requests
    from counted
    join topics_of_sets() on topic_set = group_number
    where in_by = 'topic' and is_topic_chosen(in_filters, topic_id)
),

by_day as (
    select
        group_id,
        days,
        coalesce(sum(requests) filter (where is_ended(end_code)), 0) as ended,
        coalesce(sum(requests) filter (where is_left(end_code)), 0) as closed_before,
        coalesce(sum(requests) filter (where end_code = 6), 0) as still_in,
        coalesce(sum(requests) filter (where end_code = 7), 0) as unknown
    from grouped
    group by group_id, days
),

at_risk as (
    select
        *,
        at_risk_on(ended + closed_before + still_in, group_id, days) as at_risk
    from by_day
),

curve as (
    select *, share_waiting(ended, at_risk, group_id, days) as share_waiting
    from at_risk
)

select
    group_id,
    sum(ended + closed_before + still_in + unknown)::bigint as requests_entered,
    sum(ended)::bigint as requests_ended,
    sum(closed_before)::bigint as requests_closed_before,
    sum(still_in)::bigint as requests_in_stage,
    sum(unknown)::bigint as requests_time_unknown,
    days_until_share(0.5, days, share_waiting) as median_days,
    days_until_share(0.9, days, share_waiting) as p90_days,
    target_of(in_target_days, coalesce(in_stage, group_id)) as target_days,
    share_within(
        target_of(in_target_days, coalesce(in_stage, group_id)),
        days,
        share_waiting,
        sum(closed_before + still_in) = 0 and sum(ended) > 0
    ) as share_within_target
from curve
group by group_id;

-- What had become of requests so many days after one stage began: the stage ended, or the
-- request was declined, withdrawn, or closed without a status before (cumulative incidence,
-- Aalen and Johansen 1978), or it was still in the stage. These shares add up to one. Also
-- the share ended had no request left before (Kaplan-Meier), as in stage times.
-- key: days
-- params: stage, viewer, filters, as_of
-- ignores: statuses
with by_day as (
    select
        days,
        coalesce(sum(requests) filter (where is_ended(end_code)), 0) as ended,
        -- A decision to decline ends the first stage, and is told apart here.
        coalesce(sum(requests) filter (where end_code = 1), 0) as accepted,
        coalesce(sum(requests) filter (where end_code in (2, 3)), 0) as declined,
        coalesce(sum(requests) filter (where end_code = 4), 0) as withdrawn,
        coalesce(sum(requests) filter (where end_code = 5), 0) as closed_otherwise,
        coalesce(sum(requests) filter (where end_code <= 5), 0) as gone,
        sum(requests) as requests
    from counted_stage_days($viewer, $filters, $stage, 'all', $as_of)
    where days is not null
    group by days
),

at_risk as (
    select *, at_risk_on(requests, 'all', days) as at_risk
    from by_day
),

curve as (
    select
        *,
        share_waiting(ended, at_risk, 'all', days) as share_waiting,
        share_waiting(gone, at_risk, 'all', days) as share_still_in
    from at_risk
),

weighed as (
    select *, lag(share_still_in, 1, 1) over (order by days) / at_risk as weight
    from curve
),

marks as (
    select unnest([7, 14, 30, 60, 90, 180, 365]) as days
),

watched as (
    select
        max(days) as days,
        sum(gone) = sum(requests) as is_over,
        sum(requests)::bigint as requests_timed
    from curve
)

select
    marks.days,
    watched.requests_timed,
    coalesce(sum(accepted * weight), 0) as share_ended,
    coalesce(sum(declined * weight), 0) as share_declined,
    coalesce(sum(withdrawn * weight), 0) as share_withdrawn,
    coalesce(sum(closed_otherwise * weight), 0) as share_closed_otherwise,
    coalesce(min(share_still_in), 1) as share_still_in,
    1 - coalesce(min(share_waiting), 1) as share_ended_if_none_left
from marks
join watched on watched.days >= marks.days or watched.is_over
left join weighed on weighed.days <= marks.days
group by all
order by marks.days

-- The first and last day that a period can be held against, and the day that
-- "now" means.
-- key: one row
-- params: viewer, as_of
with held_against as (
    select min(received_on) as first_on, max(received_on) as last_on
    from visible_request_rows($viewer)
    union all
    select
        min(engagement_period_on(started_on, planned_start_on)),
        max(engagement_period_on(started_on, planned_start_on))
    from visible_engagement_rows($viewer)
    union all
    select
        min(outcome_period_on(followup_on, baseline_on)),
        max(outcome_period_on(followup_on, baseline_on))
    from visible_outcome_rows($viewer)
)

select
    min(first_on) as first_on,
    max(last_on) as last_on,
    case
        when is_known_viewer($viewer) then $as_of::date
    end as as_of_on
from held_against
order by all

-- The first and last day that a period can be held against, and the day that
-- "now" means.
-- key: one row
-- params: viewer, as_of
with held_against as (
    select min(received_on) as first_on, max(received_on) as last_on
    from visible_request_facts($viewer)
    where is_likely_day(received_on, $as_of)
    union all
    select
        min(period_on),
        max(period_on)
    from visible_engagement_facts($viewer)
    union all
    select
        min(period_on),
        max(period_on)
    from visible_outcome_facts($viewer)
)

select
    min(first_on) as first_on,
    max(last_on) as last_on,
    case
        when is_known_viewer($viewer) then $as_of::date
    end as as_of_on
from held_against
order by all

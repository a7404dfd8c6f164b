-- Open requests without a partner, by state, most first, with how long the oldest has waited.
-- key: state
-- params: viewer, filters, as_of
-- ignores: statuses
with waiting as (
    select
        coalesce(state, 'Not reported') as state,
        any_value(state_name) as state_name,
        count(*) as requests_waiting,
        row_count(is_accepted) as requests_accepted,
        max($as_of::date - received_on)::bigint as oldest_days,
        median($as_of::date - received_on) as median_days
    from filtered_requests($viewer, $filters)
    -- A partner knows of its own requests alone, and the published counts.
    where is_open and not is_worked_on and may_see_all($viewer)
    group by all
)

select state, coalesce(state_name, state) as state_name, * exclude (state, state_name)
from waiting
order by requests_waiting desc, state

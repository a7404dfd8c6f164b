-- What share of the agencies of each state was served: has a request with an engagement that
-- is not canceled, in the period. Few agencies last, then the largest share first.
-- key: state
-- params: viewer, filters
-- ignores: statuses
with counted as (
    select
        coalesce(state, 'Not reported') as state,
        any_value(state_name) as state_name,
        count(*) as agencies,
        row_count(requests_worked_on > 0) as agencies_served,
        share_of_rows(requests_worked_on > 0, true) as share_of_agencies_served
    from filtered_agency_requests($viewer, $filters)
    group by all
)

select
    state,
    coalesce(state_name, state) as state_name,
    agencies,
    agencies_served,
    share_of_agencies_served,
    is_few_agencies(agencies) as is_few_agencies
from counted
order by is_few_agencies, share_of_agencies_served desc, state

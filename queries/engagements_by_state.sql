-- Engagements by state, most first: the map as a table. Those of agencies without a state
-- are a row of their own.
-- key: state
-- params: viewer, filters, colored_by, map_groups
with counted as (
    select
        coalesce(state, 'Not reported') as state,
        any_value(state_name) as state_name,
        row_count(not is_cancelled) as engagements,
        row_count(status = 'planned') as engagements_planned,
        row_count(status = 'active') as engagements_active,
        row_count(status = 'completed') as engagements_completed,
        row_count(is_cancelled) as engagements_cancelled,
        different_count(agency_code, not is_cancelled) as agencies_served,
        sum(hours) filter (where not is_cancelled) as hours,
        row_count(latitude is null) as engagements_without_place
    from map_engagements($viewer, $filters, $colored_by)
    where is_chosen($map_groups::varchar[], map_group)
    group by all
)

select
    state,
    coalesce(state_name, state) as state_name,
    * exclude (state, state_name)
from counted
order by engagements desc, state

-- How much assistance there is: engagements, hours, people and agencies.
-- key: one row
-- params: viewer, filters
with chosen as (
    select
        status,
        hours,
        participants_in_person,
        participants_virtual,
        agency_code,
        latitude,
        placed_by,
        is_cancelled
    from filtered_engagements($viewer, $filters)
)

select
    row_count(not is_cancelled) as engagements,
    row_count(is_cancelled) as engagements_cancelled,
    row_count(status = 'active') as engagements_active,
    count(hours) filter (where not is_cancelled) as engagements_with_hours,
    sum(hours) filter (where not is_cancelled) as hours,
    -- Known of one way alone, it is those of that way; of neither, not known.
    sum(
        coalesce(
            participants_in_person + participants_virtual,
            participants_in_person,
            participants_virtual
        )
    ) filter (where not is_cancelled)::bigint as participants,
    different_count(agency_code, not is_cancelled) as agencies_served,
    -- Of all that the map would show, cancelled ones too.
    row_count(latitude is null) as engagements_without_place,
    row_count(placed_by = 'outside') as engagements_outside_state,
    row_count(placed_by in ('county', 'state')) as engagements_placed_roughly
from chosen
order by all

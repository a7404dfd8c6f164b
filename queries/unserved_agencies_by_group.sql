-- How many agencies of each group have no request in the period, or requests but no
-- engagement, of all agencies there. Sizes in their order, others most first.
-- key: agency_group
-- params: viewer, filters, grouped_by, unserved
-- ignores: statuses
with counted as (
    select
        agency_group($grouped_by, region, division, state, size_band, agency_type)
            as agency_group,
        any_value(state_name) as state_name,
        row_count(is_unserved($unserved, requests, requests_worked_on))
            as agencies_unserved,
        count(*) as agencies
    from filtered_agency_requests($viewer, $filters)
    group by all
)

select
    agency_group,
    group_order($grouped_by, agency_group) as group_order,
    if(
        coalesce($grouped_by::varchar = 'state', false),
        coalesce(state_name, agency_group),
        agency_group
    ) as group_name,
    agencies_unserved,
    agencies,
    share_of(agencies_unserved, agencies) as share_of_agencies_unserved
from counted
order by
    if(coalesce($grouped_by::varchar = 'size_band', false), group_order, 0),
    agencies_unserved desc,
    agency_group

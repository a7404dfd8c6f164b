-- Which share of the agencies of each group (regions, divisions, states, sizes, or types)
-- made at least one request, with its 95% interval (Wilson). Sizes in their order, others
-- by their share, groups of few agencies last.
-- key: agency_group
-- params: viewer, filters, grouped_by
-- ignores: statuses
with counted as (
    select
        agency_group($grouped_by, region, division, state, size_band, agency_type)
            as agency_group,
        any_value(state_name) as state_name,
        count(*) as agencies,
        row_count(requests > 0) as agencies_with_requests,
        share_of_rows(requests > 0, true) as share_of_agencies_reached,
        sum(requests)::bigint as requests
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
    agencies,
    agencies_with_requests,
    share_of_agencies_reached,
    wilson_low(agencies_with_requests, agencies) as share_of_agencies_reached_low,
    wilson_high(agencies_with_requests, agencies) as share_of_agencies_reached_high,
    is_few_agencies(agencies) as is_few_agencies,
    requests
from counted
order by
    if(coalesce($grouped_by::varchar = 'size_band', false), group_order, 0),
    if(coalesce($grouped_by::varchar = 'size_band', false), false, is_few_agencies),
    share_of_agencies_reached desc,
    agency_group

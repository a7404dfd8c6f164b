-- Engagements by what the map colors them by (topic, partner, status, or size): the counts
-- of its legend. Partners with a color have their names.
-- key: map_group
-- params: viewer, filters, colored_by
with counted as (
    select
        map_group,
        count(*) as points,
        row_count(not is_cancelled) as engagements,
        row_count(is_cancelled) as engagements_cancelled,
        different_count(agency_code, not is_cancelled) as agencies_served
    from map_engagements($viewer, $filters, $colored_by)
    group by map_group
),

-- Each partner with a color, so that the colors stay while filters leave some out.
named as (
    select
        partner_group(lead_partner_id) as map_group,
        partner_order,
        joined_names([lead_partner_id], names.partner_name_of) as partner_name
    from partners_with_color($viewer)
    cross join partner_names($viewer) as names
    where $colored_by::varchar = 'partner'
)

select
    coalesce(counted.map_group, named.map_group) as map_group,
    named.partner_order,
    named.partner_name,
    coalesce(points, 0) as points,
    coalesce(engagements, 0) as engagements,
    coalesce(engagements_cancelled, 0) as engagements_cancelled,
    coalesce(agencies_served, 0) as agencies_served
from counted
full join named on named.map_group = counted.map_group
order by partner_order nulls last, map_group

-- The engagements on the map, newest first: all of them, or those of one place (a cell of the
-- grid), one state, or one agency. Each row has the number of all, whatever the limit.
-- key: engagement_id
-- params: viewer, filters, colored_by, map_groups, cell_degrees, place, place_state, agency_id, row_limit
with chosen as materialized (
    -- Cut to the limit before anything is looked up.
    select
        engagement_id,
        agency_code,
        topic_id,
        lead_partner_id,
        status,
        delivery_mode,
        period_on,
        hours,
        state,
        size_band,
        placed_by,
        latitude,
        longitude,
        map_group,
        count(*) over () as engagements_of_all
    from map_engagements($viewer, $filters, $colored_by)
    where
        is_chosen($map_groups::varchar[], map_group)
        and (
            $place::varchar is null
            or map_place(state, latitude, longitude, $cell_degrees) = $place::varchar
        )
        and ($place_state::varchar is null or state = $place_state::varchar)
        and (
            $agency_id::varchar is null
            or is_of_agency(agency_code, $agency_id::varchar)
        )
    order by period_on desc nulls last, engagement_id desc
    limit $row_limit::bigint
)

select
    engagement_id,
    facts.agency_id,
    agencies.agency_name,
    agencies.city,
    chosen.state,
    chosen.size_band,
    chosen.topic_id,
    joined_names([chosen.topic_id], topics.topic_name_of) as topic_name,
    joined_names([chosen.lead_partner_id], partners.partner_name_of)
        as lead_partner_name,
    chosen.delivery_mode,
    chosen.status,
    chosen.period_on,
    chosen.hours,
    chosen.placed_by,
    chosen.latitude,
    chosen.longitude,
    chosen.map_group,
    chosen.engagements_of_all
from chosen
left join visible_agency_facts($viewer) as facts using (agency_code)
left join visible_agencies($viewer) as agencies on agencies.agency_id = facts.agency_id
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
order by chosen.period_on desc nulls last, engagement_id desc

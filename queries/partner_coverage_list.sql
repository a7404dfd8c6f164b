-- Where one partner works: each agency for which it leads or supports an engagement that is
-- not canceled, with the great-circle distance from the partner's base, farthest first.
-- key: agency_id
-- params: viewer, filters, partner_id
with base as (
    select base_city, base_state, base_latitude, base_longitude
    from placed_partners($viewer)
    where partner_id = $partner_id::varchar
),

served as (
    select
        agency_code,
        any_value(state) as state,
        count(*) as engagements,
        sum(hours) as hours,
        max(period_on) as newest_on,
        median(latitude) as latitude,
        median(longitude) as longitude
    from filtered_engagements($viewer, $filters)
    where
        not is_cancelled
        and (
            lead_partner_id = $partner_id::varchar
            or list_contains(supporting_partner_ids, $partner_id::varchar)
        )
    group by agency_code
)

select
    facts.agency_id,
    agencies.agency_name,
    agencies.city,
    served.state,
    served.engagements,
    served.hours,
    served.newest_on,
    miles_between(base_latitude, base_longitude, served.latitude, served.longitude)
        as miles_from_base,
    served.latitude,
    served.longitude,
    base.base_city,
    base.base_state,
    base.base_latitude,
    base.base_longitude
from served
join visible_agency_facts($viewer) as facts using (agency_code)
join visible_agencies($viewer) as agencies on agencies.agency_id = facts.agency_id
cross join base
order by miles_from_base desc nulls last, facts.agency_id

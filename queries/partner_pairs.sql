-- Which partner supports which: engagements that are not canceled, by the partner that leads
-- and a partner that supports it, most first.
-- key: lead_partner_id, supporting_partner_id
-- params: viewer, filters
with pairs as (
    select
        lead_partner_id,
        unnest(list_distinct(supporting_partner_ids)) as supporting_partner_id,
        agency_code,
        hours
    from filtered_engagements($viewer, $filters)
    where not is_cancelled and lead_partner_id is not null
),

counted as (
    select
        lead_partner_id,
        supporting_partner_id,
        count(*) as engagements,
        count(distinct agency_code) as agencies_served,
        sum(hours) as hours
    from pairs
    where supporting_partner_id <> lead_partner_id
    group by all
)

select
    lead_partner_id,
    joined_names([lead_partner_id], names.partner_name_of) as lead_partner_name,
    supporting_partner_id,
    joined_names([supporting_partner_id], names.partner_name_of)
        as supporting_partner_name,
    engagements,
    agencies_served,
    hours,
    coalesce(lead_base.acronym, lead_partner_id) as lead_acronym,
    coalesce(supporting_base.acronym, supporting_partner_id) as supporting_acronym,
    lead_base.base_latitude as lead_latitude,
    lead_base.base_longitude as lead_longitude,
    lead_base.base_state as lead_state,
    supporting_base.base_latitude as supporting_latitude,
    supporting_base.base_longitude as supporting_longitude,
    supporting_base.base_state as supporting_state
from counted
left join placed_partners($viewer) as lead_base
    on lead_base.partner_id = counted.lead_partner_id
left join placed_partners($viewer) as supporting_base
    on supporting_base.partner_id = counted.supporting_partner_id
cross join partner_names($viewer) as names
order by engagements desc, lead_partner_id, supporting_partner_id

-- One partner: what is known of it, and its selection.
-- key: partner_id
-- params: viewer, as_of, partner_id
select
    partner_id,
    coalesce(partner_name, partner_id) as partner_name,
    acronym,
    kind,
    selection_status,
    applied_on,
    effective_from_on,
    effective_to_on,
    is_selected_partner(selection_status, effective_from_on, effective_to_on, $as_of)
        as is_selected,
    base_city,
    base_state,
    capacity_hours_per_quarter,
    joined_names(topic_ids, topics.topic_name_of) as topics
from visible_partners($viewer)
cross join topic_names($viewer) as topics
where partner_id = $partner_id::varchar
order by partner_id

-- Agencies in whose ID, name, city, county, or state each word of a text occurs, or those
-- with the given IDs, in that order. Those of a state that the text names come first, then
-- those with all words in their ID and name.
-- key: agency_id
-- params: viewer, text, agency_ids, row_limit
with described as (
    select
        agency_id,
        agency_name,
        state,
        city,
        county,
        agency_type,
        concat_ws(
            ' ',
            agency_id,
            agency_name,
            city,
            county,
            state,
            state_name
        ) as searched
    from visible_agencies($viewer)
)

select * exclude (searched)
from described
where
    coalesce(
        list_contains($agency_ids::varchar[], agency_id),
        has_each_word(searched, $text::varchar)
    )
order by
    list_position($agency_ids::varchar[], agency_id),
    list_contains(string_split(lower(trim($text::varchar)), ' '), lower(state)) desc,
    has_each_word(concat_ws(' ', agency_id, agency_name), $text::varchar) desc,
    agency_name,
    agency_id
limit $row_limit::bigint

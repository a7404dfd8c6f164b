-- Agencies in whose ID, name, city, county, or state each word of the text occurs. Those of
-- a state that the text names come first, then those with all words in their ID and name.
with described as (
    select
        agency_id,
        agency_name,
        state,
        city,
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
    from agencies
    left join states using (state)
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by
    list_contains(string_split(lower(trim($text)), ' '), lower(state)) desc,
    has_each_word(concat_ws(' ', agency_id, agency_name), $text) desc,
    agency_name,
    agency_id
limit $row_limit

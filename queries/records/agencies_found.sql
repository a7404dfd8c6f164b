-- Agencies in whose ID, name, city, or county each word of the text occurs.
with described as (
    select
        agency_id,
        agency_name,
        agency_type,
        city,
        state,
        concat_ws(
            ' ',
            agency_id,
            agency_name,
            city,
            county
        ) as searched
    from agencies
)
select * exclude (searched)
from described
where len(list_filter(
    string_split(lower(trim($text)), ' '),
    lambda word: not contains(lower(searched), word)
)) = 0
order by agency_name, agency_id
limit $row_limit

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
where has_each_word(searched, $text)
order by agency_name, agency_id
limit $row_limit

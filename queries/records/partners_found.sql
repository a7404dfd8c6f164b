-- Partners in whose ID, name, or acronym each word of the text occurs.
with described as (
    select
        partner_id,
        partner_name,
        acronym,
        selection_status,
        concat_ws(
            ' ',
            partner_id,
            partner_name,
            acronym
        ) as searched
    from partners
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by partner_name, partner_id
limit $row_limit

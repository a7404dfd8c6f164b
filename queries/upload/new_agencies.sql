-- The valid new agencies of a file, with what identifies them besides the ID.
select "row", agency_name as name, state, city, agency_type
from merged
anti join (
    select "row" from problems where severity = 'error'
) using ("row")
where change = 'new'
order by "row"

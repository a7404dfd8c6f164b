-- The new agencies of a file, with what identifies them besides the ID.
select "row", agency_name as name, state, city, agency_type
from merged
where change = 'new' and record_id is not null and agency_name is not null
order by "row"

-- The confirmed names of a dataset.
select written as name, state, city, record_id, remembered_by, remembered_at
from name_aliases
where dataset = $dataset
order by state, written, city, record_id

-- Rows whose text is not the ID of an agency, so it may be a name.
select named_rows.*
from named_rows
anti join agencies on named_rows.name = agencies.agency_id
order by named_rows."row"

-- Rows whose text is the id of no agency: they name theirs.
select named_rows.*
from named_rows
anti join agencies on named_rows.name = agencies.agency_id
order by named_rows."row"

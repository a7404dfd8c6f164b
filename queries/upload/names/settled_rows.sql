-- The rows whose name is certainly that of a known record.
select given_rows."row", settled_names.record_id
from given_rows
join settled_names using (given_no)
where settled_names.how in ('name', 'alias')
order by given_rows."row"

-- The rows whose name and place may be those of a known record, with each such record.
select distinct given_rows."row", alike.record_id
from given_rows
join (
    select given_no, record_id
    from same_names
    where is_fitting
    union all
    select given_no, record_id
    from settled_names
    where how = 'alias'
) as alike using (given_no)

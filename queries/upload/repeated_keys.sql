-- Keys that the file has more than once: do their rows all say the same?
select
    record_id,
    count(distinct content) > 1 as is_disagreeing,
    min("row") as first_row,
    string_agg("row"::varchar, ', ' order by "row") as all_rows
from typed
where record_id is not null
group by record_id
having count(*) > 1
order by first_row

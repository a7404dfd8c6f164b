-- Whether the rows of a repeated key agree. `content` identifies the values of a row.
create or replace temp table repeated_keys as
select
    record_id,
    count(distinct content) > 1 as is_disagreeing,
    min("row") as first_row,
    arg_min(row_name, "row") as first_name,
    string_agg(row_name, ', ' order by "row") as all_rows
from repeated_rows
group by record_id

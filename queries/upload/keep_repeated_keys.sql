-- Do the rows of a repeated key all say the same? `content` stands for what one says.
create or replace temp table repeated_keys as
select
    record_id,
    count(distinct content) > 1 as is_disagreeing,
    min("row") as first_row,
    string_agg("row"::varchar, ', ' order by "row") as all_rows
from repeated_rows
group by record_id

-- The valid rows of a file. Of equal rows, only the first.
create or replace temp view good as
select *
from merged
anti join (
    select "row" from problems where severity = 'error' or rule = 'row_repeated'
) using ("row")

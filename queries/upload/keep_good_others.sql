-- The rows of a file that nothing is wrong with, the first of equal ones.
create or replace temp view good as
select *
from merged
anti join (
    select "row" from problems where severity = 'error' or rule = 'row_repeated'
) using ("row")

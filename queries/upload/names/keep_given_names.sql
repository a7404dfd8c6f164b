-- Each name of the file once, and how many rows have it.
create or replace temp table given_names as
select * exclude ("row"), count(*) as rows
from given_rows
group by all

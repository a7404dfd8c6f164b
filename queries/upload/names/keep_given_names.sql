-- Each different name in the file, with its number of rows.
create or replace temp table given_names as
select * exclude ("row"), count(*) as rows
from given_rows
group by all

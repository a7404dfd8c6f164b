-- The valid rows of a file without any stored record.
create or replace temp view good as
select 'new' as change, *
from good_new

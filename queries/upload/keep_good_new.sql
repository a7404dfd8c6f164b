-- The rows of a file that nothing is wrong with, where nothing of it is stored.
create or replace temp view good as
select 'new' as change, *
from good_new

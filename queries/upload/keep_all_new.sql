-- The rows of a file of which nothing is stored. A view, so that what is asked of
-- `change` is answered before a row is read.
create or replace temp view merged as
select 'new' as change, *
from all_new

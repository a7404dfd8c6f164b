-- The rows of a file without any stored record. A view, so that filters on `change` need no
-- rows.
create or replace temp view merged as
select 'new' as change, *
from all_new

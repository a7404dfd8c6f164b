insert into facts_state
select data_version
from store_info

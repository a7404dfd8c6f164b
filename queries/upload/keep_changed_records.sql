create or replace temp table changed_records as
from found_records

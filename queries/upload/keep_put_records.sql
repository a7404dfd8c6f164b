-- The records that are put into the store, as rows of their dataset's table. They
-- stand here first, for they may be made of the rows that they replace.
create or replace temp table put_records as
from found_records

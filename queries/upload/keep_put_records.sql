-- The records to store, as rows of their dataset's table. They are collected here first,
-- because they may derive from the rows that they replace.
create or replace temp table put_records as
from found_records

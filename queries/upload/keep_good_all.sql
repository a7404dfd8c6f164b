-- The valid rows of a file, if all rows are valid.
create or replace temp view good as
from merged

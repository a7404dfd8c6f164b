-- The rows of a file that nothing is wrong with: all of them.
create or replace temp view good as
from merged

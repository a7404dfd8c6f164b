create or replace temp table repeated_keys as
from found

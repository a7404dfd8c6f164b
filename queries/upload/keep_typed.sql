create or replace temp table typed as
from file_as_typed

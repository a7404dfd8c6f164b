create or replace temp table merged as
from typed_beside_stored

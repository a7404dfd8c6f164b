-- The oldest entry of the trail that is kept; null where there is none.
select min(entry_number)
from audit;

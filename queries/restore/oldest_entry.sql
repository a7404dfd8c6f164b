-- The oldest entry of the audit log. Null if there is none.
select min(entry_number)
from audit;

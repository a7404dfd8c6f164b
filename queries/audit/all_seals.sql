-- The seals as they were kept apart from the entries.
select entry_number, hash
from audit_seals
order by entry_number;

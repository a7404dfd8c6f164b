-- All seals, from their own table.
select entry_number, hash
from audit_seals
order by entry_number;

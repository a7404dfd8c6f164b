-- The whole audit log, oldest entry first.
select entry_number, recorded_at, who, action, what, hash_before, hash
from audit
order by entry_number, hash;

-- The newest entry of the trail.
select entry_number, hash
from audit
order by entry_number desc
limit 1;

-- The newest entry of the trail, by its seal: that stays when entries are let go.
select entry_number, hash
from audit_seals
order by entry_number desc
limit 1;

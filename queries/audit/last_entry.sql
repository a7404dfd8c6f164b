-- The newest entry of the audit log, from its seal, which stays when entries are deleted.
select entry_number, hash
from audit_seals
order by entry_number desc
limit 1;

-- The seal of the last one stays: the next entry follows it.
delete from audit_seals
where entry_number < $entry_number::bigint

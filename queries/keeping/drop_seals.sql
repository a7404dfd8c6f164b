-- The seal of the last deleted entry stays, because the next entry follows it.
delete from audit_seals
where entry_number < $entry_number::bigint

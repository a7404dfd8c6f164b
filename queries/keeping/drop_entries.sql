delete from audit
where entry_number <= $entry_number::bigint

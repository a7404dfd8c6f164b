-- The seal of one more entry, apart from it.
insert into audit_seals by name
select $entry_number::bigint as entry_number, $hash::varchar as hash;

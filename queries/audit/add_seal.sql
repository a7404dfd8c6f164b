-- Store the seal of a new entry in its own table.
insert into audit_seals by name
select $entry_number::bigint as entry_number, $hash::varchar as hash;

-- Append an entry to the audit log.
insert into audit by name
select
    $entry_number::bigint as entry_number,
    $recorded_at::timestamptz as recorded_at,
    $who::varchar as who,
    $action::varchar as action,
    $what::varchar as what,
    $hash_before::varchar as hash_before,
    $hash::varchar as hash;

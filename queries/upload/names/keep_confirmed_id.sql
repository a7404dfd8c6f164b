-- An id that a record had before, as it is remembered.
create or replace temp table confirmed_names as
select
    'id' as alias_kind,
    null::varchar as state,
    null::varchar as city,
    $old_id::varchar as alias_key,
    $old_id::varchar as written,
    $record_id::varchar as record_id

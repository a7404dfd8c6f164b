-- The record whose free text is deleted.
create or replace temp table redacting as
select $record_id::varchar as record_id;

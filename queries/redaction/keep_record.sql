-- The one record whose free text is to go.
create or replace temp table redacting as
select $record_id::varchar as record_id;

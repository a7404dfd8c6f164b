-- The records of one dataset that were redacted since the backup.
create or replace temp table redacting as
select unnest($record_ids::varchar[]) as record_id;

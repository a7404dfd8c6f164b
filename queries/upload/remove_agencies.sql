-- Rows that an undone upload had added.
delete from agencies
where agency_id in (select record_id from removed)

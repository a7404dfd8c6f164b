-- Rows that an undone upload had added.
delete from requests
where request_id in (select record_id from removed)

-- Rows that an undone upload had added.
delete from metrics
where metric_id in (select record_id from removed)

-- Rows that an undone upload had added.
delete from topics
where topic_id in (select record_id from removed)

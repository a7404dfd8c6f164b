-- Rows that an undone upload had added.
delete from engagements
where engagement_id in (select record_id from removed)

-- Rows that an undone upload had added.
delete from outcomes
where outcome_id in (select record_id from removed)

-- Rows that an undone upload had added.
delete from partners
where partner_id in (select record_id from removed)

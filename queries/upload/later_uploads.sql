-- The later uploads that changed the same records, in order.
select later.upload_id, count(*) as records
from changes as later
join undoing using (dataset, record_id)
where later.upload_id > $upload_id and not later.is_undone
group by later.upload_id
order by later.upload_id

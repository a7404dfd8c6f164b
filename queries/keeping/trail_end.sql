-- The newest entry before which all entries are older than an instant. Entries are deleted
-- up to here, so the log never has a gap.
select entry_number, hash
from audit
where
    entry_number < coalesce(
        (select min(entry_number) from audit where recorded_at >= $before::timestamptz),
        (select max(entry_number) + 1 from audit)
    )
order by entry_number desc
limit 1;

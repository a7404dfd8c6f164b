-- The newest entry of the trail's beginning in which all are older than an
-- instant: the trail is cut there, never in the middle.
select entry_number, hash
from audit
where
    entry_number < coalesce(
        (select min(entry_number) from audit where recorded_at >= $before::timestamptz),
        (select max(entry_number) + 1 from audit)
    )
order by entry_number desc
limit 1;

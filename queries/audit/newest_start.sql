-- The details of the newest entry about deleted entries.
select what
from audit
where action = $action::varchar and contains(what, '"trail_up_to"')
order by entry_number desc
limit 1;

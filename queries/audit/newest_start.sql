-- What the newest entry that let older entries go says.
select what
from audit
where action = $action::varchar and contains(what, '"trail_up_to"')
order by entry_number desc
limit 1;

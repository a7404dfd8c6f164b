-- Keys that occur more than once in the file.
select record_id
from typed
where record_id is not null
group by record_id
having count(*) > 1

insert into facts_of_outcomes by name
from outcomes_now
where
    $everything::boolean
    or outcome_id in (select record_id from due where dataset = 'outcomes')

delete from facts_of_outcomes
where
    $everything::boolean
    or outcome_id in (select record_id from due where dataset = 'outcomes')

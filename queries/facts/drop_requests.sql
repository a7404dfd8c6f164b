delete from facts_of_requests
where
    $everything::boolean
    or request_id in (select record_id from due where dataset = 'requests')

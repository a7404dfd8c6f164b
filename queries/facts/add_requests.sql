insert into facts_of_requests by name
from requests_now
where
    $everything::boolean
    or request_id in (select record_id from due where dataset = 'requests')

insert into facts_of_engagements by name
from engagements_now
where
    $everything::boolean
    or engagement_id in (select record_id from due where dataset = 'engagements')

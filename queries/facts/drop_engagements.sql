delete from facts_of_engagements
where
    $everything::boolean
    or engagement_id in (select record_id from due where dataset = 'engagements')

insert into topic_sets
select
    (select coalesce(max(topic_set), 0) from topic_sets)
    + row_number() over (order by topic_ids),
    topic_ids
from (
    select distinct coalesce(topic_ids, []) as topic_ids
    from requests
    where
        $everything::boolean
        or request_id in (select record_id from due where dataset = 'requests')
)
anti join topic_sets using (topic_ids)

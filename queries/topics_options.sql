-- Topics to choose from.
-- key: topic_id
-- params: viewer
select
    topic_id,
    coalesce(topic_name, topic_id) as topic_name
from visible_topics($viewer)
order by topic_name, topic_id

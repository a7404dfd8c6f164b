-- The topics to choose from.
-- key: topic_id
-- params: viewer_role, viewer_partner
select
    topic_id,
    coalesce(topic_name, topic_id) as topic_name
from visible_topics($viewer_role, $viewer_partner)
order by topic_name, topic_id

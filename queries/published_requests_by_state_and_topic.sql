-- Published requests by state and topic, for one closed fiscal quarter. A request that
-- names several topics counts under each.
-- key: quarter, state, topic_id
-- params: viewer, quarter
select
    published.quarter,
    published.state,
    coalesce(states.state_name, published.state) as state_name,
    published.topic_id,
    coalesce(topics.topic_name, published.topic_id) as topic_name,
    published.requests,
    published.is_suppressed,
    published.suppress_below
from visible_published_requests($viewer) as published
left join visible_states($viewer) as states using (state)
left join visible_topics($viewer) as topics using (topic_id)
where $quarter::varchar is null or published.quarter = $quarter
order by published.quarter, state_name, published.state, topic_name, published.topic_id

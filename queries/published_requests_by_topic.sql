-- Published requests by topic over all states, for one closed fiscal quarter. A request
-- that names several topics counts under each.
-- key: quarter, topic_id
-- params: viewer, quarter
select
    published.quarter,
    published.topic_id,
    coalesce(topics.topic_name, published.topic_id) as topic_name,
    published.requests,
    published.is_suppressed,
    published.suppress_below
from visible_published_totals($viewer) as published
left join visible_topics($viewer) as topics using (topic_id)
where $quarter::varchar is null or published.quarter = $quarter
order by
    published.quarter,
    published.requests desc nulls last,
    topic_name,
    published.topic_id

-- Published counts of requests by state, over all published quarters: the sum of those that
-- are shown. A request counts under each topic that it names, and counts that are hidden to
-- protect agencies are not in the sum.
-- key: state
-- params: viewer, topics_of_map
select
    published.state,
    coalesce(any_value(states.state_name), published.state) as state_name,
    sum(published.requests)::bigint as requests_by_topic_published,
    row_count(not published.is_suppressed) as counts_shown,
    row_count(published.is_suppressed) as counts_hidden,
    min(published.quarter) as quarter_from,
    max(published.quarter) as quarter_to
from visible_published_requests($viewer) as published
left join visible_states($viewer) as states using (state)
where is_chosen($topics_of_map::varchar[], published.topic_id)
group by published.state
order by requests_by_topic_published desc nulls last, published.state

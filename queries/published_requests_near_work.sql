-- Published requests in the partner's topics of expertise, in the states near its work,
-- over the four quarters published last, most first. Near: the state of its base, those of
-- its current work, and the states of their divisions.
-- key: state, topic_id
-- params: viewer, as_of
with counted as (
    select
        state,
        topic_id,
        sum(requests)::bigint as requests,
        count(requests) as quarters_shown,
        row_count(is_suppressed) as quarters_hidden
    from visible_published_requests($viewer)
    where
        quarter in (select quarter from newest_quarters($viewer, 4))
        and topic_id in (select topic_id from topics_of_expertise($viewer))
    group by all
)

select
    state,
    near.state_name,
    near.is_own_state,
    counted.topic_id,
    coalesce(topics.topic_name, counted.topic_id) as topic_name,
    counted.requests,
    counted.quarters_shown,
    counted.quarters_hidden
from counted
join near_states($viewer, $as_of) as near using (state)
left join visible_topics($viewer) as topics using (topic_id)
order by counted.requests desc nulls last, near.state_name, state, topic_name, topic_id

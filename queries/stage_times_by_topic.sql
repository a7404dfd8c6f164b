-- How long requests on each topic are in one stage, most requests first. A request that
-- names several topics counts under each.
-- key: topic_id
-- params: stage, viewer, filters, target_days, as_of
-- ignores: statuses
select
    group_id as topic_id,
    coalesce(topics.topic_name, group_id) as topic_name,
    times.* exclude (group_id)
from stage_times($viewer, $filters, $stage, 'topic', $target_days, $as_of) as times
left join visible_topics($viewer) as topics on topics.topic_id = group_id
order by requests_entered desc, topic_id

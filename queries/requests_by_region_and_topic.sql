-- How many requests of each region name each topic, against all agencies
-- there. A request that names several topics counts under each.
-- key: region, topic_id
-- params: viewer, filters
-- ignores: partners, statuses
with of_sets as (
    select
        region,
        topic_set,
        count(*) as requests
    from filtered_requests($viewer, $filters)
    group by all
),

counted as (
    select
        region,
        topic_id,
        sum(requests)::bigint as requests
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by all
),

agencies as (
    select region, count(*) as agencies
    from filtered_agencies($viewer, $filters)
    group by region
)

select
    region,
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    counted.requests,
    coalesce(agencies.agencies, 0) as agencies,
    per_1000(counted.requests, agencies.agencies) as requests_per_1000_agencies
from counted
left join agencies using (region)
left join visible_topics($viewer) as topics using (topic_id)
order by region, requests desc, topic_id

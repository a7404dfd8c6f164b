-- How many requests of each agency size name each topic, against all agencies
-- of that size. A request that names several topics counts under each.
-- key: size_band, topic_id
-- params: viewer, filters
-- ignores: partners, statuses
with of_sets as (
    select
        size_band,
        band_order,
        topic_set,
        count(*) as requests
    from filtered_requests($viewer, $filters)
    group by all
),

counted as (
    select
        size_band,
        band_order,
        topic_id,
        sum(requests)::bigint as requests
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by all
),

agencies as (
    select size_band, count(*) as agencies
    from filtered_agencies($viewer, $filters)
    group by size_band
)

select
    size_band,
    topic_id,
    counted.band_order,
    coalesce(topics.topic_name, topic_id) as topic_name,
    counted.requests,
    coalesce(agencies.agencies, 0) as agencies,
    per_1000(counted.requests, agencies.agencies) as requests_per_1000_agencies
from counted
left join agencies using (size_band)
left join visible_topics($viewer) as topics using (topic_id)
order by band_order, requests desc, topic_id

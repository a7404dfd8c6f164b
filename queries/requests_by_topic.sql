-- How many requests name each topic, most first. A request that names several
-- counts under each, so the rows add up to more than all requests.
-- key: topic_id
-- params: viewer, filters
-- ignores: partners, statuses
with chosen as materialized (
    select request_id, topic_ids, is_small_agency, is_open, days_to_decided
    from filtered_requests($viewer, $filters)
),

totals as (
    select count(*) as requests
    from chosen
),

named as (
    select
        unnest(topic_ids) as topic_id,
        is_small_agency,
        is_open,
        days_to_decided
    from chosen
),

counted as (
    select
        topic_id,
        row_count(true) as requests,
        row_count(is_small_agency) as requests_from_small_agencies,
        row_count(is_open) as requests_open,
        median_days(days_to_decided, true) as median_days_to_decided
    from named
    where is_topic_chosen($filters, topic_id)
    group by topic_id
)

select
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    counted.requests,
    share_of(counted.requests, totals.requests) as share_of_requests,
    counted.requests_from_small_agencies,
    counted.requests_open,
    counted.median_days_to_decided
from counted
cross join totals
left join visible_topics($viewer) as topics using (topic_id)
order by requests desc, topic_id

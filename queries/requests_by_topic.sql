-- How many requests name each topic, most first. A request that names several
-- counts under each, so the rows add up to more than all requests.
-- key: topic_id
-- params: viewer, filters
-- ignores: partners, statuses
with of_sets as (
    select
        topic_set,
        row_count(true) as requests,
        row_count(is_small_agency) as requests_from_small_agencies,
        row_count(is_open) as requests_open
    from filtered_requests($viewer, $filters)
    group by topic_set
),

totals as (
    select coalesce(sum(requests), 0)::bigint as requests
    from of_sets
),

counted as (
    select
        topic_id,
        sum(requests)::bigint as requests,
        sum(requests_from_small_agencies)::bigint as requests_from_small_agencies,
        sum(requests_open)::bigint as requests_open
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by topic_id
),

decided as (
    -- By numbers, which are quicker to group by than ids.
    select topic_number, median_days(days_to_decided, true) as median_days_to_decided
    from filtered_requests($viewer, $filters)
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by topic_number
),

medians as (
    select distinct topic_id, decided.median_days_to_decided
    from decided
    join topics_of_sets() using (topic_number)
)

select
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    counted.requests,
    share_of(counted.requests, totals.requests) as share_of_requests,
    counted.requests_from_small_agencies,
    counted.requests_open,
    medians.median_days_to_decided
from counted
join medians using (topic_id)
cross join totals
left join visible_topics($viewer) as topics using (topic_id)
order by requests desc, topic_id

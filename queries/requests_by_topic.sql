-- How many requests name each topic, most first. A request that names several
-- counts under each, so the rows add up to more than all requests.
-- key: topic_id
-- params: viewer, filters
-- ignores: partners, statuses
with of_sets as (
    select
        topic_set,
        days_to_decided as days,
        row_count(true) as requests,
        row_count(is_small_agency) as requests_from_small_agencies,
        row_count(is_open) as requests_open
    from filtered_requests($viewer, $filters)
    group by all
),

totals as (
    select coalesce(sum(requests), 0)::bigint as requests
    from of_sets
),

counted_days as (
    -- By numbers, which are quicker to group by than ids.
    select
        topic_number,
        days,
        sum(requests) as requests,
        sum(requests_from_small_agencies) as requests_from_small_agencies,
        sum(requests_open) as requests_open
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by all
),

days_until as (
    select
        *,
        rows_until(if(days is null, 0, requests), topic_number, days) as until_here,
        rows_of_all(if(days is null, 0, requests), topic_number) as of_all
    from counted_days
),

counted as (
    select
        topic_number,
        sum(requests)::bigint as requests,
        sum(requests_from_small_agencies)::bigint as requests_from_small_agencies,
        sum(requests_open)::bigint as requests_open,
        median_of_counted(days, until_here, of_all) as median_days_to_decided
    from days_until
    group by topic_number
),

numbers as (
    select distinct topic_number, topic_id
    from topics_of_sets()
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
join numbers using (topic_number)
cross join totals
left join visible_topics($viewer) as topics using (topic_id)
order by requests desc, topic_id

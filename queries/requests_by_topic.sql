-- How many requests name each topic, most first, those in effect that nobody named with 0.
-- A request that names several counts under each, so the rows add up to more than all.
-- key: topic_id
-- params: viewer, filters, as_of
-- ignores: statuses
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
),

named as (
    select numbers.topic_id, counted.*
    from counted
    join numbers using (topic_number)
),

rows_of_topics as (
    select topic_id from topics_in_effect($viewer, $filters, $as_of)
    union
    select topic_id from named
)

select
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    coalesce(named.requests, 0) as requests,
    share_of(coalesce(named.requests, 0), totals.requests) as share_of_requests,
    coalesce(named.requests_from_small_agencies, 0) as requests_from_small_agencies,
    coalesce(named.requests_open, 0) as requests_open,
    named.median_days_to_decided
from rows_of_topics
left join named using (topic_id)
cross join totals
left join visible_topics($viewer) as topics using (topic_id)
order by requests desc, topic_id

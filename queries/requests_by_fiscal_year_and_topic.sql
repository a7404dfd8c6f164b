-- How many requests of each fiscal year name each topic, years and topics without any among
-- them. A request that names several topics counts under each. A year that is not over, or
-- of which the period has a part, is marked.
-- key: fiscal_year, topic_id
-- params: viewer, filters, as_of
-- ignores: statuses
with of_sets as (
    select
        fiscal_year(received_on) as fiscal_year,
        topic_set,
        count(*) as requests
    from filtered_requests($viewer, $filters)
    where is_likely_day(received_on, $as_of)
    group by all
),

counted as (
    select
        fiscal_year,
        topic_id,
        sum(requests)::bigint as requests
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by all
),

years as (
    select
        unnest(
            range(
                min(fiscal_year),
                greatest(
                    max(fiscal_year), fiscal_year(last_day_of($filters, $as_of))
                ) + 1
            )
        )::integer as fiscal_year
    from of_sets
),

rows_of_topics as (
    select topic_id
    from topics_in_effect($viewer, $filters, $as_of)
    union
    select topic_id
    from counted
),

marked as (
    select
        fiscal_year,
        make_date(fiscal_year, 9, 30) > $as_of::date as is_to_date,
        coalesce($filters['date_from']::date > make_date(fiscal_year - 1, 10, 1), false)
        or coalesce(
            $filters['date_to']::date < least(make_date(fiscal_year, 9, 30), $as_of::date),
            false
        ) as is_part
    from years
)

select
    fiscal_year,
    topic_id,
    concat(
        'FY',
        fiscal_year,
        case when is_part then ' (part)' when is_to_date then ' to date' else '' end
    ) as fiscal_year_name,
    coalesce(topics.topic_name, topic_id) as topic_name,
    coalesce(counted.requests, 0) as requests
from marked
cross join rows_of_topics
left join counted using (fiscal_year, topic_id)
left join visible_topics($viewer) as topics using (topic_id)
order by fiscal_year, requests desc, topic_id

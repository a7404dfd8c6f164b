-- How many requests name each topic in the fiscal year of the period's last day, up to that
-- day, and on the same days of the year before; those that grew most first.
-- key: topic_id
-- params: viewer, filters, as_of
-- ignores: date_from, statuses
-- then: topic_changes
with days as (
    select *
    from compared_years($viewer, $filters, $as_of)
),

of_sets as (
    select
        topic_set,
        row_count(received_on between days.year_from_on and days.year_to_on) as requests,
        row_count(
            received_on between days.last_year_from_on and days.last_year_to_on
        ) as requests_last_year
    from requests_of_any_period($viewer, $filters)
    cross join days
    group by all
),

counted as (
    select
        topic_id,
        sum(requests)::bigint as requests,
        sum(requests_last_year)::bigint as requests_last_year
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by topic_id
),

rows_of_topics as (
    select topic_id
    from topics_between(
        $viewer,
        $filters,
        (fiscal_year_start(last_day_of($filters, $as_of)) - interval 12 month)::date,
        last_day_of($filters, $as_of)
    )
    union
    select topic_id
    from counted
    where requests > 0 or requests_last_year > 0
),

compared as (
    select
        topic_id,
        coalesce(topics.topic_name, topic_id) as topic_name,
        coalesce(counted.requests, 0) as requests,
        case
            when days.is_last_year_known then coalesce(counted.requests_last_year, 0)
        end as requests_last_year,
        days.* exclude (is_last_year_known)
    from rows_of_topics
    left join counted using (topic_id)
    cross join days
    left join visible_topics($viewer) as topics using (topic_id)
)

select
    topic_id,
    topic_name,
    requests,
    requests_last_year,
    requests - requests_last_year as requests_change,
    share_of(requests - requests_last_year, requests_last_year) as share_of_change,
    year_from_on,
    year_to_on,
    last_year_from_on,
    last_year_to_on,
    year_to_on - year_from_on + 1 as days_of_year,
    last_year_to_on - last_year_from_on + 1 as days_of_last_year
from compared
order by requests_change desc nulls last, requests desc, topic_id

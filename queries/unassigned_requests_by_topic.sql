-- Accepted requests without an engagement, by topic, and how many partners that are selected
-- have expertise in it: topics without a partner first. A request that names several topics
-- counts under each.
-- key: topic_id
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
with given as materialized (
    -- What is no day is refused first, so that a refusal depends on no row.
    select $as_of::date as as_of
),

named as (
    select unnest(topic_ids) as topic_id, days_waiting
    from unassigned_requests($viewer, $filters, $as_of)
),

waiting as (
    select
        topic_id,
        count(*) as requests_unassigned,
        max(days_waiting) as oldest_days
    from named
    where is_topic_chosen($filters, topic_id)
    group by topic_id
),

able as (
    select
        topic_id,
        count(*) as partners_selected,
        string_agg(short_name, '; ' order by short_name) as partners
    from (
        select short_name, unnest(list_distinct(topic_ids)) as topic_id
        from selected_partners($viewer, $as_of)
    )
    group by topic_id
)

select
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    requests_unassigned,
    oldest_days,
    coalesce(partners_selected, 0) as partners_selected,
    partners
from waiting
left join able using (topic_id)
left join visible_topics($viewer) as topics using (topic_id)
cross join given
where given.as_of is not null
order by coalesce(partners_selected, 0) > 0, requests_unassigned desc, topic_name, topic_id

-- What is in the store: rows of each dataset, how new, when last uploaded (UTC).
-- key: dataset
-- params: viewer
with counted as (
    select
        'agencies' as dataset,
        1 as dataset_order,
        count(*) as rows_visible,
        max(sworn_as_of_on) as newest_on
    from visible_agencies($viewer)
    union all
    select 'topics', 2, count(*), max(effective_from_on)
    from visible_topics($viewer)
    union all
    select 'partners', 3, count(*), max(effective_from_on)
    from visible_partners($viewer)
    union all
    select 'metrics', 4, count(*), null
    from visible_metrics($viewer)
    union all
    select 'requests', 5, count(*), max(received_on)
    from visible_request_facts($viewer)
    union all
    select 'engagements', 6, count(*), max(started_on)
    from visible_engagement_facts($viewer)
    union all
    select 'outcomes', 7, count(*), max(period_on)
    from visible_outcome_facts($viewer)
),

uploaded as (
    select dataset, max(uploaded_at) at time zone 'UTC' as last_uploaded_at
    from visible_uploads($viewer)
    where state = 'committed'
    group by dataset
)

select
    dataset,
    counted.rows_visible,
    counted.newest_on,
    uploaded.last_uploaded_at
from counted
left join uploaded using (dataset)
where is_known_viewer($viewer)
order by counted.dataset_order

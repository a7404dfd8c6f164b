-- The ID of each outcome of a file that has none, in the order of the file: that of the only
-- stored outcome of its engagement and metric, or one made of both.
with stored as (
    select engagement_id, metric_id, min(outcome_id) as outcome_id
    from outcomes
    group by all
    having count(*) = 1
)

select
    coalesce(
        stored.outcome_id,
        coalesce(named.engagement_id, 'row ' || named."row")
        || ':' || coalesce(named.metric_id, 'row ' || named."row")
    ) as outcome_id
from named_outcomes as named
left join stored
    on named.engagement_id = stored.engagement_id and named.metric_id = stored.metric_id
order by named.place

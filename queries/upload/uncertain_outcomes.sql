-- Outcomes of a file without IDs of which several are stored, or whose made ID belongs to
-- another engagement or metric, as problems.
with stored as (
    select
        engagement_id,
        metric_id,
        string_agg(outcome_id, ', ' order by outcome_id) as outcome_ids,
        count(*) as outcomes
    from outcomes
    group by all
)

select
    named."row",
    'outcome_id' as column_name,
    named.engagement_id || ', ' || named.metric_id as "value",
    $rule as rule,
    'error' as severity,
    if(
        stored.outcomes is null,
        format($other, other.outcome_id),
        format($several, left(stored.outcome_ids, 200))
    ) as message
from named_outcomes as named
left join stored
    on named.engagement_id = stored.engagement_id and named.metric_id = stored.metric_id
left join outcomes as other
    on named.outcome_id = other.outcome_id and stored.outcomes is null
where stored.outcomes > 1 or other.outcome_id is not null

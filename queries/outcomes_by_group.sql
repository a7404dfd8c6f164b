-- In what share of outcomes things got better, by one thing: topic, partner, region, size,
-- mode, goal, level, or time (since the end of the assistance). Groups of fewer than
-- suppress_below measurements are blank, and more where they could be worked out.
-- key: group_id
-- params: viewer, filters, outcome_group, suppress_below
-- ignores: statuses
-- then: outcome_groups
with counted as (
    select
        case $outcome_group::varchar
            when 'topic' then coalesce(topic_id, 'Not reported')
            when 'partner' then lead_or_none(lead_partner_id)
            when 'region' then region
            when 'size' then size_band
            when 'mode' then coalesce(delivery_mode, 'Not reported')
            when 'time' then months_since(ended_on, period_on)
        end as group_id,
        metric_id,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on)
    group by all
),

grouped as (
    select
        case $outcome_group::varchar
            when 'goal' then coalesce(metrics.goal, 'Not reported')
            when 'level' then coalesce(metrics.level, 'Not reported')
            else group_id
        end as group_id,
        sum(n)::bigint as n,
        sum(better_count(metrics.better, ups, downs))::bigint as outcomes_improved,
        sum(better_count(metrics.better, downs, ups))::bigint as outcomes_worse
    from counted
    left join visible_metrics($viewer) as metrics using (metric_id)
    group by 1
),

hidden as (
    select
        *,
        is_hidden(n, outcomes_improved, group_id, $suppress_below) as is_suppressed
    from grouped
    where group_id is not null
)

select
    group_id,
    case $outcome_group::varchar
        when 'topic' then coalesce(topics.topic_name, group_id)
        when 'partner' then joined_names([group_id], names.partner_name_of)
        else group_id
    end as group_name,
    coalesce(size_bands.band_order, 0) as band_order,
    case when not is_suppressed then n end as n,
    case when not is_suppressed then outcomes_improved end as outcomes_improved,
    case when not is_suppressed then n - outcomes_improved - outcomes_worse end
        as outcomes_same,
    case when not is_suppressed then outcomes_worse end as outcomes_worse,
    case when not is_suppressed then share_of(outcomes_improved, n) end
        as share_improved,
    is_suppressed
from hidden
left join visible_topics($viewer) as topics
    on $outcome_group::varchar = 'topic' and topics.topic_id = group_id
left join visible_size_bands($viewer) as size_bands
    on $outcome_group::varchar = 'size' and size_bands.size_band = group_id
cross join partner_names($viewer) as names
order by band_order, group_name, group_id

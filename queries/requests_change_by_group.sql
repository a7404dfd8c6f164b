-- How much each topic, region, and agency size adds to the change in requests from the same
-- period a year ago. A request for several topics counts in equal parts for each, so the
-- parts of each kind add up to the whole change.
-- key: kind, group_id
-- params: viewer, filters, periods
-- ignores: statuses
with compared as (
    select
        topic_ids,
        region,
        size_band,
        band_order,
        row_count(is_in_period($filters, received_on)) as requests,
        row_count(is_last_year($periods, received_on)) as requests_last_year
    from requests_of_any_period($viewer, $filters)
    where
        $periods['last_year_from_on'] is not null
        and (
            is_in_period($filters, received_on)
            or is_last_year($periods, received_on)
        )
    group by all
),

by_topics as (
    select
        unnest(if(len(topic_ids) = 0, [''], topic_ids)) as topic_id,
        sum(requests) / greatest(len(topic_ids), 1) as requests,
        sum(requests_last_year) / greatest(len(topic_ids), 1) as requests_last_year
    from compared
    group by topic_ids
),

groups as (
    select
        1 as kind_order,
        'topic' as kind,
        topic_id as group_id,
        sum(requests) as requests,
        sum(requests_last_year) as requests_last_year
    from by_topics
    group by topic_id
    union all
    select 2, 'region', region, sum(requests), sum(requests_last_year)
    from compared
    group by region
    union all
    select 3, 'size', size_band, sum(requests), sum(requests_last_year)
    from compared
    group by size_band
)

select
    kind,
    kind_order,
    group_id,
    case
        when kind <> 'topic' then group_id
        when group_id = '' then 'No topic'
        else coalesce(topics.topic_name, group_id)
    end as group_name,
    requests::double as requests,
    requests_last_year::double as requests_last_year,
    (requests - requests_last_year)::double as change
from groups
left join visible_topics($viewer) as topics
    on groups.kind = 'topic' and topics.topic_id = groups.group_id
order by kind_order, kind, abs(requests - requests_last_year) desc, group_id

-- What became of the requests of each topic, or group of agencies (regions, divisions,
-- sizes, or types): each request is in one part, so the parts add up to the requests. By
-- topic, a request that names several counts under each.
-- key: agency_group
-- params: viewer, filters, as_of, grouped_by
-- ignores: statuses
with of_sets as (
    select
        agency_group($grouped_by, region, division, state, size_band, agency_type)
            as agency_group,
        if(is_by_topic($grouped_by), topic_set, 0) as topic_set,
        -- Few statuses, so their places are found after counting.
        status,
        count(*) as requests,
        row_count(is_worked_on) as requests_with_engagement
    from filtered_requests($viewer, $filters)
    group by all
),

named as (
    select
        agency_group,
        request_place(status) as place,
        requests,
        requests_with_engagement
    from of_sets
    where not is_by_topic($grouped_by)
    union all
    select topic_id, request_place(status), requests, requests_with_engagement
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_by_topic($grouped_by) and is_topic_chosen($filters, topic_id)
),

counted as (
    select
        agency_group,
        sum(requests)::bigint as requests,
        coalesce(sum(requests) filter (where place = 'completed'), 0)::bigint
            as requests_completed,
        coalesce(sum(requests) filter (where place = 'in_delivery'), 0)::bigint
            as requests_in_delivery,
        coalesce(sum(requests) filter (where place = 'accepted'), 0)::bigint
            as requests_accepted,
        coalesce(sum(requests) filter (where place = 'undecided'), 0)::bigint
            as requests_undecided,
        coalesce(sum(requests) filter (where place = 'declined'), 0)::bigint
            as requests_declined,
        coalesce(sum(requests) filter (where place = 'withdrawn'), 0)::bigint
            as requests_withdrawn,
        coalesce(sum(requests) filter (where place = 'unknown'), 0)::bigint
            as requests_without_status,
        sum(requests_with_engagement)::bigint as requests_with_engagement
    from named
    group by agency_group
),

groups as (
    select topic_id as agency_group
    from topics_in_effect($viewer, $filters, $as_of)
    where is_by_topic($grouped_by)
    union
    select agency_group($grouped_by, region, division, state, size_band, agency_type)
    from filtered_agencies($viewer, $filters)
    where not is_by_topic($grouped_by)
    union
    select agency_group
    from counted
)

select
    agency_group,
    group_order($grouped_by, agency_group) as group_order,
    coalesce(topics.topic_name, agency_group) as group_name,
    coalesce(requests, 0) as requests,
    coalesce(requests_completed, 0) as requests_completed,
    coalesce(requests_in_delivery, 0) as requests_in_delivery,
    coalesce(requests_accepted, 0) as requests_accepted,
    coalesce(requests_undecided, 0) as requests_undecided,
    coalesce(requests_declined, 0) as requests_declined,
    coalesce(requests_withdrawn, 0) as requests_withdrawn,
    coalesce(requests_without_status, 0) as requests_without_status,
    coalesce(requests_with_engagement, 0) as requests_with_engagement,
    share_of(requests_with_engagement, requests) as share_of_requests_with_engagement,
    wilson_low(requests_with_engagement, requests)
        as share_of_requests_with_engagement_low,
    wilson_high(requests_with_engagement, requests)
        as share_of_requests_with_engagement_high
from groups
left join counted using (agency_group)
left join visible_topics($viewer) as topics
    on is_by_topic($grouped_by) and topics.topic_id = agency_group
order by
    if(coalesce($grouped_by::varchar = 'size_band', false), group_order, 0),
    requests desc,
    agency_group

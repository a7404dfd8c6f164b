-- How many requests of each group of agencies (regions, divisions, sizes, or types) name
-- each topic, against all agencies there and against the rate of the nation's agencies of
-- the same size. A request that names several topics counts under each.
-- key: agency_group, topic_id
-- params: viewer, filters, as_of, grouped_by
-- ignores: statuses
-- then: demand_index
with agencies_of_bands as (
    select
        agency_group($grouped_by, region, division, state, size_band, agency_type)
            as agency_group,
        rate_band($grouped_by, size_band) as rate_band,
        count(*) as agencies_in_nation,
        row_count(is_agency_chosen($filters)) as agencies
    from filtered_agencies($viewer, of_all_agencies($filters))
    group by all
),

of_sets as (
    select
        agency_group($grouped_by, region, division, state, size_band, agency_type)
            as agency_group,
        rate_band($grouped_by, size_band) as rate_band,
        topic_set,
        count(*) as requests_in_nation,
        row_count(is_agency_chosen($filters)) as requests
    from filtered_requests($viewer, of_all_agencies($filters))
    group by all
),

of_topics as (
    select
        agency_group,
        rate_band,
        topic_id,
        sum(requests_in_nation) as requests_in_nation,
        sum(requests)::bigint as requests
    from of_sets
    join topics_of_sets() using (topic_set)
    where is_topic_chosen($filters, topic_id)
    group by all
),

nation as (
    select
        rate_band,
        topic_id,
        sum(requests_in_nation) as requests_in_nation
    from of_topics
    group by all
),

bands as (
    select rate_band, sum(agencies_in_nation) as agencies_in_nation
    from agencies_of_bands
    group by rate_band
),

expected as (
    select
        agency_group,
        topic_id,
        sum(agencies * requests_in_nation / bands.agencies_in_nation) as requests_expected
    from agencies_of_bands
    join bands using (rate_band)
    join nation using (rate_band)
    group by all
),

counted as (
    select
        agency_group,
        topic_id,
        sum(requests)::bigint as requests
    from of_topics
    group by all
),

agencies as (
    select agency_group, sum(agencies)::bigint as agencies
    from agencies_of_bands
    group by agency_group
    having sum(agencies) > 0
),

rows_of_topics as (
    select topic_id from topics_in_effect($viewer, $filters, $as_of)
    union
    select topic_id from counted where requests > 0
)

select
    agency_group,
    topic_id,
    group_order($grouped_by, agency_group) as group_order,
    agency_group as group_name,
    coalesce(topics.topic_name, topic_id) as topic_name,
    coalesce(counted.requests, 0) as requests,
    agencies.agencies,
    per_1000(coalesce(counted.requests, 0), agencies.agencies * period.years)
        as requests_per_1000_agencies_per_year,
    coalesce(expected.requests_expected, 0) as requests_expected
from agencies
cross join rows_of_topics
cross join period_years($viewer, $filters, $as_of) as period
left join counted using (agency_group, topic_id)
left join expected using (agency_group, topic_id)
left join visible_topics($viewer) as topics using (topic_id)
order by group_order, agency_group, requests desc, topic_id

-- How many of one agency's peers requested each topic, most first, beside its own requests.
-- key: topic_id
-- params: viewer, agency_id
with peers as (
    select agency_code
    from peers_of($viewer, $agency_id::varchar)
),

asked as (
    select
        agency_code,
        topic_set,
        agency_code in (select agency_code from peers) as is_peer,
        count(*) as requests
    from visible_request_facts($viewer)
    where
        agency_code in (select agency_code from peers)
        or agency_code in (
            select agency_code
            from visible_agency_facts($viewer)
            where agency_id = $agency_id::varchar
        )
    group by all
),

counted as (
    select
        topic_id,
        count(distinct agency_code) filter (where is_peer) as peers,
        coalesce(sum(requests) filter (where is_peer), 0)::bigint as requests_of_peers,
        coalesce(sum(requests) filter (where not is_peer), 0)::bigint as requests
    from asked
    join topics_of_sets() using (topic_set)
    group by topic_id
)

select
    topic_id,
    coalesce(topic_name, topic_id) as topic_name,
    coalesce(counted.peers, 0) as peers_with_topic,
    share_of(coalesce(counted.peers, 0), (select count(*) from peers))
        as share_of_peers_with_topic,
    coalesce(requests_of_peers, 0) as requests_of_peers,
    coalesce(requests, 0) as requests,
    coalesce(requests, 0) = 0 as is_never_requested
from visible_topics($viewer)
full join counted using (topic_id)
where (select count(*) from peers) > 0
order by peers_with_topic desc, topic_id

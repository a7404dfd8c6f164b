-- Publish each due quarter, with a row for each state and topic. States and topics without
-- requests have rows too, so the presence of a row reveals nothing.
insert into published_requests by name
with asked as (
    select *
    from topic_requests
    where list_contains($quarters::varchar[], quarter)
),

counted as (
    select
        quarter,
        state,
        topic_id,
        count(*) as requests,
        row_count(is_still_to_give) as still_to_give
    from asked
    group by all
),

own as (
    select quarter, state, topic_id, partner_id, count(*) as requests
    from asked
    join partner_requests using (request_id)
    group by all
),

known_most as (
    select quarter, state, topic_id, max(requests) as most_of_one
    from own
    group by all
),

quarters as (
    select
        fiscal_quarter(received_on) as quarter,
        min(date_trunc('quarter', received_on))::date as quarter_from_on
    from requests
    where list_contains($quarters::varchar[], fiscal_quarter(received_on))
    group by quarter
),

cells as (
    select
        quarters.quarter,
        quarters.quarter_from_on,
        states.state,
        topics.topic_id,
        coalesce(counted.requests, 0) as requests,
        is_small_to_somebody(
            coalesce(counted.requests, 0),
            coalesce(counted.still_to_give, 0),
            coalesce(known_most.most_of_one, 0),
            $suppress_below::integer
        ) as is_suppressed
    from quarters
    cross join states
    cross join topics
    left join counted using (quarter, state, topic_id)
    left join known_most using (quarter, state, topic_id)
)

select
    quarter,
    quarter_from_on,
    (quarter_from_on + interval 3 month - interval 1 day)::date as quarter_to_on,
    state,
    topic_id,
    case when not is_suppressed then requests end as requests,
    is_suppressed,
    $suppress_below::integer as suppress_below,
    $as_of::date as as_of_on,
    now() as published_at
from cells

-- Each due quarter, every state by every topic, whether anybody asked or not:
-- that a row is there tells nothing.
insert into published_requests by name
with named as (
    select distinct
        fiscal_quarter(requests.received_on) as quarter,
        requests.request_id,
        agencies.state,
        unnest(requests.topic_ids) as topic_id
    from requests
    join agencies using (agency_id)
    where list_contains($quarters::varchar[], fiscal_quarter(requests.received_on))
),

counted as (
    select quarter, state, topic_id, count(*) as requests
    from named
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
        coalesce(counted.requests, 0) as requests
    from quarters
    cross join states
    cross join topics
    left join counted using (quarter, state, topic_id)
)

select
    quarter,
    quarter_from_on,
    (quarter_from_on + interval 3 month - interval 1 day)::date as quarter_to_on,
    state,
    topic_id,
    case when not is_small_cell(requests, $suppress_below) then requests end as requests,
    is_small_cell(requests, $suppress_below) as is_suppressed,
    $suppress_below::integer as suppress_below,
    $as_of::date as as_of_on,
    now() as published_at
from cells

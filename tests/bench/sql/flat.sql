-- The rows of a store, flat: one row per request, engagement and outcome with plain
-- columns for all that is grouped by. Made of the base tables alone, by plain joins.

create schema bench;

create table bench.flat_agencies as
select
    agencies.agency_id,
    agencies.state,
    states.region,
    coalesce(agencies.agency_type, 'Not reported') as agency_type,
    case
        when sworn_officers is null then 'Not reported'
        when sworn_officers < 10 then 'Under 10'
        when sworn_officers < 25 then '10-24'
        when sworn_officers < 50 then '25-49'
        when sworn_officers < 100 then '50-99'
        when sworn_officers < 250 then '100-249'
        when sworn_officers < 500 then '250-499'
        when sworn_officers < 1000 then '500-999'
        else '1,000 or more'
    end as size_band
from main.agencies
left join main.states on states.state = agencies.state;

create table bench.flat_requests as
select
    requests.request_id,
    requests.received_on as counted_on,
    date_trunc('month', requests.received_on)::date as month,
    requests.status,
    requests.topic_ids[1] as topic_id,
    flat_agencies.* exclude (agency_id),
    date_diff('day', requests.received_on, requests.assigned_on) as days
from main.requests
left join bench.flat_agencies on flat_agencies.agency_id = requests.agency_id;

create table bench.flat_engagements as
select
    engagements.engagement_id,
    coalesce(engagements.started_on, engagements.planned_start_on) as counted_on,
    date_trunc('month', coalesce(engagements.started_on, engagements.planned_start_on))::date
        as month,
    engagements.status,
    coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
    flat_agencies.* exclude (agency_id),
    engagements.hours
from main.engagements
left join main.requests on requests.request_id = engagements.request_id
left join bench.flat_agencies on flat_agencies.agency_id = requests.agency_id;

create table bench.flat_outcomes as
select
    outcomes.outcome_id,
    coalesce(outcomes.followup_on, outcomes.baseline_on) as counted_on,
    date_trunc('month', coalesce(outcomes.followup_on, outcomes.baseline_on))::date as month,
    outcomes.metric_id,
    coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
    flat_agencies.* exclude (agency_id),
    outcomes.followup_value - outcomes.baseline_value as change
from main.outcomes
left join main.engagements on engagements.engagement_id = outcomes.engagement_id
left join main.requests on requests.request_id = engagements.request_id
left join bench.flat_agencies on flat_agencies.agency_id = requests.agency_id;

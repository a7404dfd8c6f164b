-- What happened at one agency, newest first: its requests, engagements, and outcomes, a row
-- per event. A planned start is an event of an engagement that has not started. Events without
-- a known day come last.
-- key: event, record_id
-- params: viewer, agency_id, as_of
with own_engagements as materialized (
    select * from engagements_of_agency($viewer, $agency_id::varchar)
),

own_outcomes as materialized (
    select outcome_id, topic_id, lead_partner_id, request_id
    from outcomes_of_agency($viewer, $agency_id::varchar)
),

of_requests as (
    select
        'request' as entity,
        request_id as record_id,
        request_id,
        topic_ids,
        null::varchar as lead_partner_id,
        null::varchar as metric_id,
        unnest(
            [
                event_of('request_received', 1, received_on, null, null),
                event_of('request_decided', 2, decided_on, decision_of(status), null),
                event_of('request_assigned', 3, assigned_on, null, null),
                event_of('delivery_started', 4, delivery_started_on, null, null),
                event_of('request_closed', 10, closed_on, status, null)
            ],
            recursive := true
        )
    from requests_of_agency($viewer, $agency_id::varchar)
),

of_engagements as (
    select
        'engagement' as entity,
        engagement_id as record_id,
        request_id,
        [topic_id] as topic_ids,
        lead_partner_id,
        null::varchar as metric_id,
        unnest(
            [
                if(
                    started_on is null and ended_on is null,
                    -- Its planned start: it has no other.
                    event_of('engagement_planned', 5, period_on, status, null),
                    null
                ),
                event_of('engagement_started', 6, started_on, null, null),
                if(
                    is_cancelled(status),
                    event_of('engagement_cancelled', 9, ended_on, null, null),
                    event_of('engagement_ended', 8, ended_on, null, null)
                )
            ],
            recursive := true
        )
    from own_engagements
),

of_outcomes as (
    select
        'outcome' as entity,
        outcome_id as record_id,
        own_outcomes.request_id,
        [own_outcomes.topic_id] as topic_ids,
        own_outcomes.lead_partner_id,
        outcomes.metric_id,
        unnest(
            [
                event_of('baseline', 7, baseline_on, null, baseline_value),
                event_of('followup', 11, followup_on, null, followup_value)
            ],
            recursive := true
        )
    from own_outcomes
    join visible_outcome_rows($viewer) as outcomes using (outcome_id)
),

events as (
    select * from of_requests
    union all by name
    select * from of_engagements
    union all by name
    select * from of_outcomes
)

select
    event_on,
    fiscal_year(event_on) as fiscal_year,
    event,
    entity,
    record_id,
    request_id,
    joined_names(topic_ids, topics.topic_name_of) as topics,
    joined_names([lead_partner_id], partners.partner_name_of) as lead_partner_name,
    event_status as status,
    coalesce(metric_name, metric_id) as metric_name,
    unit,
    value,
    coalesce(event_on > $as_of::date, false) as is_to_come
from events
left join visible_metrics($viewer) using (metric_id)
cross join topic_names($viewer) as topics
cross join partner_names($viewer) as partners
where
    event_on is not null
    or value is not null
    -- An engagement without any day.
    or event = 'engagement_planned'
order by event_on desc nulls last, event_order desc, record_id, event

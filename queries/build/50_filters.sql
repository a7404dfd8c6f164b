-- What the filters beside the pages mean, once for every query: in_filters is one
-- struct with the fields of Filters, so that a field that is not there is an error.
-- An absent filter (null) means everything, an empty list means nothing. Values are
-- known when DuckDB plans: a test of an absent filter is gone before it runs.

create or replace macro is_chosen(in_chosen, in_value) as
    in_chosen is null or coalesce(list_contains(in_chosen, in_value), false);

-- One chosen value is the usual case, and three times as fast on its own.
create or replace macro is_any_chosen(in_chosen, in_values) as
    in_chosen is null
    or (
        len(in_chosen) = 1
        and coalesce(list_contains(in_values, in_chosen[1]), false)
    )
    or (len(in_chosen) > 1 and coalesce(list_has_any(in_values, in_chosen), false));

create or replace macro is_on_or_after(in_on, in_from) as
    in_from is null or coalesce(in_on >= in_from, false);

create or replace macro is_on_or_before(in_on, in_to) as
    in_to is null or coalesce(in_on <= in_to, false);

create or replace macro is_in_period(in_filters, in_on) as
    is_on_or_after(in_on, in_filters['date_from']::date)
    and is_on_or_before(in_on, in_filters['date_to']::date);

create or replace macro is_topic_chosen(in_filters, in_topic_id) as
    is_chosen(in_filters['topics']::varchar[], in_topic_id);

create or replace macro is_any_topic_chosen(in_filters, in_topic_ids) as
    is_any_chosen(in_filters['topics']::varchar[], in_topic_ids);

-- Of a row that has these columns of its agency: a new filter of them is added here.
create or replace macro is_agency_chosen(in_filters) as
    is_chosen(in_filters['regions']::varchar[], region)
    and is_chosen(in_filters['divisions']::varchar[], division)
    and is_chosen(in_filters['states']::varchar[], state)
    and is_chosen(in_filters['size_bands']::varchar[], size_band)
    and is_chosen(in_filters['agency_types']::varchar[], agency_type);

-- Of engagements alone: who leads or supports them, and how far they are.
create or replace macro is_delivery_chosen(
    in_filters, in_lead, in_supporting, in_status
) as
    (
        in_filters['partners']::varchar[] is null
        or coalesce(list_contains(in_filters['partners']::varchar[], in_lead), false)
        or coalesce(
            list_has_any(in_supporting, in_filters['partners']::varchar[]), false
        )
    )
    and is_chosen(in_filters['statuses']::varchar[], in_status);

-- Whether nothing but the period is chosen: engagements and outcomes can then
-- be counted without looking up their requests and agencies.
create or replace macro is_every_agency_and_topic(in_filters) as
    coalesce(
        in_filters['topics']::varchar[],
        in_filters['regions']::varchar[],
        in_filters['divisions']::varchar[],
        in_filters['states']::varchar[],
        in_filters['size_bands']::varchar[],
        in_filters['agency_types']::varchar[]
    ) is null;

create or replace macro filtered_agencies(in_viewer, in_filters) as table
select *
from visible_agencies(in_viewer)
where is_agency_chosen(in_filters);

create or replace macro requests_of_any_period(in_viewer, in_filters) as table
select *
from visible_requests(in_viewer)
where is_any_topic_chosen(in_filters, topic_ids) and is_agency_chosen(in_filters);

create or replace macro filtered_requests(in_viewer, in_filters) as table
select *
from requests_of_any_period(in_viewer, in_filters)
where is_in_period(in_filters, received_on);

-- The same requests, once for each topic that they name (of those chosen).
create or replace macro filtered_request_topics(in_viewer, in_filters) as table
select *
from (
    select *, unnest(topic_ids) as topic_id
    from filtered_requests(in_viewer, in_filters)
)
where is_topic_chosen(in_filters, topic_id);

-- The chosen agencies, each with how many of the chosen requests it made.
-- Requests are counted by agency before anything about it is looked up.
create or replace macro filtered_agency_requests(in_viewer, in_filters) as table
with counted as (
    select
        agency_id,
        count(*) as requests,
        count(*) filter (where is_open_request(status, closed_on)) as requests_open
    from visible_request_rows(in_viewer)
    where
        is_in_period(in_filters, received_on)
        and is_any_topic_chosen(in_filters, topic_ids)
    group by agency_id
)
select
    agencies.*,
    coalesce(counted.requests, 0) as requests,
    coalesce(counted.requests_open, 0) as requests_open
from filtered_agencies(in_viewer, in_filters) as agencies
left join counted using (agency_id);

create or replace macro engagements_of_any_period(in_viewer, in_filters) as table
select *
from visible_engagements(in_viewer)
where is_topic_chosen(in_filters, topic_id) and is_agency_chosen(in_filters);

-- By the partners and statuses that are chosen too.
create or replace macro filtered_engagements(in_viewer, in_filters) as table
select *
from engagements_of_any_period(in_viewer, in_filters)
where
    is_in_period(in_filters, period_on)
    and is_delivery_chosen(
        in_filters, lead_partner_id, supporting_partner_ids, status
    );

create or replace macro outcomes_of_any_period(in_viewer, in_filters) as table
select *
from visible_outcomes(in_viewer)
where is_topic_chosen(in_filters, topic_id) and is_agency_chosen(in_filters);

create or replace macro filtered_outcomes(in_viewer, in_filters) as table
select *
from outcomes_of_any_period(in_viewer, in_filters)
where is_in_period(in_filters, period_on);

-- The same rows in the columns that are counted. Where no agency and no topic is
-- chosen, nothing about them is looked up.
create or replace macro counted_requests(in_viewer, in_filters) as table
select
    request_id, status, received_on, decided_on, assigned_on, delivery_started_on,
    closed_on
from visible_request_rows(in_viewer)
where is_every_agency_and_topic(in_filters)
union all
select
    request_id, status, received_on, decided_on, assigned_on, delivery_started_on,
    closed_on
from requests_of_any_period(in_viewer, in_filters)
where not is_every_agency_and_topic(in_filters);

create or replace macro counted_engagements(in_viewer, in_filters) as table
select
    engagement_id, request_id, lead_partner_id, supporting_partner_ids, status,
    planned_end_on, started_on, ended_on, last_activity_on, hours,
    engagement_period_on(started_on, planned_start_on) as period_on
from visible_engagement_rows(in_viewer)
where is_every_agency_and_topic(in_filters)
union all
select
    engagement_id, request_id, lead_partner_id, supporting_partner_ids, status,
    planned_end_on, started_on, ended_on, last_activity_on, hours, period_on
from engagements_of_any_period(in_viewer, in_filters)
where not is_every_agency_and_topic(in_filters);

create or replace macro counted_outcomes(in_viewer, in_filters) as table
select
    outcome_id, engagement_id, metric_id, baseline_value, followup_value,
    outcome_period_on(followup_on, baseline_on) as period_on
from visible_outcome_rows(in_viewer)
where is_every_agency_and_topic(in_filters)
union all
select
    outcome_id, engagement_id, metric_id, baseline_value, followup_value, period_on
from outcomes_of_any_period(in_viewer, in_filters)
where not is_every_agency_and_topic(in_filters);

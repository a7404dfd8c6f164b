-- What the filters beside the pages mean, once for every query. An absent
-- filter (null) means everything, an empty list means nothing. Values are
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

create or replace macro is_in_period(in_from, in_to, in_on) as
    (in_from is null or coalesce(in_on >= in_from, false))
    and (in_to is null or coalesce(in_on <= in_to, false));

create or replace macro is_partner_chosen(in_partners, in_lead, in_supporting) as
    in_partners is null
    or coalesce(list_contains(in_partners, in_lead), false)
    or coalesce(list_has_any(in_supporting, in_partners), false);

-- Whether nothing but the period is chosen: engagements and outcomes can then
-- be counted without looking up their requests and agencies.
create or replace macro is_every_place_and_topic(
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as
    coalesce(
        in_topics::varchar[], in_regions::varchar[], in_divisions::varchar[],
        in_states::varchar[], in_size_bands::varchar[], in_agency_types::varchar[]
    ) is null;

create or replace macro filtered_agencies(
    in_viewer_role, in_viewer_partner,
    in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_agencies(in_viewer_role, in_viewer_partner)
where
    is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);

create or replace macro filtered_requests(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_requests(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, received_on)
    and is_any_chosen(in_topics::varchar[], topic_ids)
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);

-- The same requests, once for each topic that they name (of those chosen).
create or replace macro filtered_request_topics(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from (
    select *, unnest(topic_ids) as topic_id
    from filtered_requests(
        in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
        in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
    )
)
where is_chosen(in_topics::varchar[], topic_id);

-- The chosen agencies, each with how many of the chosen requests it made.
-- Requests are counted by agency before anything about it is looked up.
create or replace macro filtered_agency_requests(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
with counted as (
    select
        agency_id,
        count(*) as requests,
        count(*) filter (where is_open_request(status, closed_on)) as requests_open
    from visible_request_rows(in_viewer_role, in_viewer_partner)
    where
        is_in_period(in_date_from::date, in_date_to::date, received_on)
        and is_any_chosen(in_topics::varchar[], topic_ids)
    group by agency_id
)
select
    agencies.*,
    coalesce(counted.requests, 0) as requests,
    coalesce(counted.requests_open, 0) as requests_open
from filtered_agencies(
    in_viewer_role, in_viewer_partner,
    in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as agencies
left join counted using (agency_id);

create or replace macro filtered_engagements(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types,
    in_partners, in_statuses
) as table
select *
from visible_engagements(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, period_on)
    and is_chosen(in_topics::varchar[], topic_id)
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type)
    and is_chosen(in_statuses::varchar[], status)
    and is_partner_chosen(
        in_partners::varchar[], lead_partner_id, supporting_partner_ids
    );

create or replace macro filtered_outcomes(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_outcomes(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, period_on)
    and is_chosen(in_topics::varchar[], topic_id)
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);

-- The same rows in the columns that are counted. Where no place and no topic is
-- chosen, nothing about them is looked up.
create or replace macro counted_requests(
    in_viewer_role, in_viewer_partner,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select
    request_id, status, received_on, decided_on, assigned_on, delivery_started_on,
    closed_on
from visible_request_rows(in_viewer_role, in_viewer_partner)
where is_every_place_and_topic(
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
)
union all
select
    request_id, status, received_on, decided_on, assigned_on, delivery_started_on,
    closed_on
from filtered_requests(
    in_viewer_role, in_viewer_partner, null, null,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
)
where not is_every_place_and_topic(
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
);

create or replace macro counted_engagements(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types,
    in_partners, in_statuses
) as table
select
    engagement_id, request_id, lead_partner_id, status, planned_end_on, started_on,
    ended_on, last_activity_on, hours,
    engagement_period_on(started_on, planned_start_on) as period_on
from visible_engagement_rows(in_viewer_role, in_viewer_partner)
where
    is_every_place_and_topic(
        in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
    )
    and is_in_period(
        in_date_from::date,
        in_date_to::date,
        engagement_period_on(started_on, planned_start_on)
    )
    and is_chosen(in_statuses::varchar[], status)
    and is_partner_chosen(
        in_partners::varchar[], lead_partner_id, supporting_partner_ids
    )
union all
select
    engagement_id, request_id, lead_partner_id, status, planned_end_on, started_on,
    ended_on, last_activity_on, hours, period_on
from filtered_engagements(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types,
    in_partners, in_statuses
)
where not is_every_place_and_topic(
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
);

create or replace macro counted_outcomes(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select
    outcome_id, engagement_id, metric_id, baseline_value, followup_value,
    outcome_period_on(followup_on, baseline_on) as period_on
from visible_outcome_rows(in_viewer_role, in_viewer_partner)
where
    is_every_place_and_topic(
        in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
    )
    and is_in_period(
        in_date_from::date,
        in_date_to::date,
        outcome_period_on(followup_on, baseline_on)
    )
union all
select
    outcome_id, engagement_id, metric_id, baseline_value, followup_value, period_on
from filtered_outcomes(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
)
where not is_every_place_and_topic(
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
);

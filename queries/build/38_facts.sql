-- Flat facts: one row per request, engagement and outcome with what a dashboard asks
-- of it, so that a question is one scan. Never the truth: Store.writing() brings them
-- after what was changed in the same transaction, no backup holds them, and where
-- they are not of the store's data version they are made anew at opening.

create or replace table facts_state (
    -- The data version of store_info that they were made of; null: of none yet.
    data_version bigint
);

-- Small numbers for ids and lists of topics: they stand for good once given.
create or replace table agency_codes (
    agency_id varchar,
    agency_code integer
);

create or replace table topic_sets (
    topic_set integer,
    topic_ids varchar[]
);

-- In facts: what follows from state and sworn officers.
create or replace table facts_of_agencies (
    agency_code integer,
    agency_id varchar,
    agency_type varchar,
    state varchar,
    state_name varchar,
    region varchar,
    division varchar,
    size_band varchar,
    band_order integer,
    is_small_agency boolean
);

create or replace table facts_of_requests (
    request_id varchar using compression fsst,
    agency_code integer,
    topic_set integer,
    status varchar,
    received_on date,
    month_on date,
    decided_on date,
    assigned_on date,
    delivery_started_on date,
    closed_on date,
    days_to_decided integer,
    days_to_delivery_started integer,
    days_to_closed integer,
    is_open boolean,
    -- By its status; with no engagement but canceled ones, it has no partner yet.
    is_accepted boolean,
    -- Whether it has an engagement that is not cancelled.
    is_worked_on boolean
);

create or replace table facts_of_engagements (
    engagement_id varchar using compression fsst,
    request_id varchar using compression fsst,
    agency_code integer,
    topic_id varchar,
    lead_partner_id varchar,
    supporting_partner_ids varchar[],
    status varchar,
    delivery_mode varchar,
    is_cancelled boolean,
    -- Whether its request has another engagement of the same lead partner, neither
    -- of them canceled.
    is_one_of_several boolean,
    period_on date,
    planned_end_on date,
    started_on date,
    ended_on date,
    last_activity_on date,
    hours double,
    participants_in_person integer,
    participants_virtual integer,
    latitude double,
    longitude double,
    -- Of its request.
    days_to_delivery_started integer
);

create or replace table facts_of_outcomes (
    outcome_id varchar using compression fsst,
    engagement_id varchar using compression fsst,
    request_id varchar using compression fsst,
    metric_id varchar,
    agency_code integer,
    topic_id varchar,
    lead_partner_id varchar,
    supporting_partner_ids varchar[],
    engagement_status varchar,
    delivery_mode varchar,
    period_on date,
    ended_on date,
    baseline_value double,
    followup_value double,
    change double,
    target_value double,
    respondents_invited integer,
    respondents_responded integer
);

-- Views of programs of before facts.
drop view if exists agency_places;
drop view if exists agency_facts;

-- What the facts are, of the tables as they are now.

create or replace view described_agencies as
select
    agencies.*,
    states.state_name,
    coalesce(states.region, 'Not reported') as region,
    coalesce(states.division, 'Not reported') as division,
    size_bands.size_band,
    size_bands.band_order,
    coalesce(agencies.sworn_officers < 50, false) as is_small_agency
from agencies
left join states using (state)
left join size_bands
    on size_bands.band_order = size_band_order(agencies.sworn_officers);

-- Agencies with where they are: their own place, else their ZIP's, both
-- coordinates from the same one.
create or replace view placed_agencies as
select
    agencies.* exclude (latitude, longitude),
    case when is_place(agencies.latitude, agencies.longitude)
        then agencies.latitude else zip_places.latitude
    end as latitude,
    case when is_place(agencies.latitude, agencies.longitude)
        then agencies.longitude else zip_places.longitude
    end as longitude
from described_agencies as agencies
left join zip_places on zip_places.zip = agencies.zip;

create or replace view agencies_now as
select
    agency_codes.agency_code,
    agency_id,
    agencies.agency_type,
    agencies.state,
    agencies.state_name,
    agencies.region,
    agencies.division,
    agencies.size_band,
    agencies.band_order,
    agencies.is_small_agency
from described_agencies as agencies
join agency_codes using (agency_id);

-- An upload takes no row whose request, agency or engagement is not there. So
-- these joins lose nothing.
create or replace view requests_now as
select
    request_id,
    agency_codes.agency_code,
    topic_sets.topic_set,
    requests.status,
    requests.received_on,
    month_of(requests.received_on) as month_on,
    requests.decided_on,
    requests.assigned_on,
    requests.delivery_started_on,
    requests.closed_on,
    (requests.decided_on - requests.received_on)::integer as days_to_decided,
    (requests.delivery_started_on - requests.received_on)::integer
        as days_to_delivery_started,
    (requests.closed_on - requests.received_on)::integer as days_to_closed,
    is_open_request(requests.status, requests.closed_on) as is_open,
    is_accepted_status(requests.status) as is_accepted,
    request_id in (
        select engagements.request_id
        from engagements
        where not is_cancelled(engagements.status)
    ) as is_worked_on
from requests
join agency_codes using (agency_id)
join topic_sets on topic_sets.topic_ids = coalesce(requests.topic_ids, []);

create or replace view engagements_now as
select
    engagement_id,
    request_id,
    agency_codes.agency_code,
    coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
    engagements.lead_partner_id,
    engagements.supporting_partner_ids,
    engagements.status,
    engagements.delivery_mode,
    is_cancelled(engagements.status) as is_cancelled,
    not is_cancelled(engagements.status)
    and exists (
        from engagements as others
        where
            others.request_id = engagements.request_id
            and lead_or_none(others.lead_partner_id)
                = lead_or_none(engagements.lead_partner_id)
            and others.engagement_id <> engagements.engagement_id
            and not is_cancelled(others.status)
    ) as is_one_of_several,
    engagement_period_on(
        engagements.started_on, engagements.planned_start_on
    ) as period_on,
    engagements.planned_end_on,
    engagements.started_on,
    engagements.ended_on,
    engagements.last_activity_on,
    engagements.hours,
    engagements.participants_in_person,
    engagements.participants_virtual,
    -- A place is where the site is, else where the agency is.
    case when is_place(engagements.latitude, engagements.longitude)
        then engagements.latitude else agencies.latitude
    end as latitude,
    case when is_place(engagements.latitude, engagements.longitude)
        then engagements.longitude else agencies.longitude
    end as longitude,
    (requests.delivery_started_on - requests.received_on)::integer
        as days_to_delivery_started
from engagements
-- Those with an engagement, which DuckDB would find too late among all.
join (
    from requests
    where request_id in (select request_id from engagements)
) as requests using (request_id)
join placed_agencies as agencies using (agency_id)
join agency_codes using (agency_id);

create or replace view outcomes_now as
select
    outcome_id,
    engagement_id,
    engagements.request_id,
    outcomes.metric_id,
    engagements.agency_code,
    engagements.topic_id,
    engagements.lead_partner_id,
    engagements.supporting_partner_ids,
    engagements.status as engagement_status,
    engagements.delivery_mode,
    outcome_period_on(outcomes.followup_on, outcomes.baseline_on) as period_on,
    engagements.ended_on,
    outcomes.baseline_value,
    outcomes.followup_value,
    outcomes.followup_value - outcomes.baseline_value as change,
    outcomes.target_value,
    outcomes.respondents_invited,
    outcomes.respondents_responded
from outcomes
-- Which are made before.
join facts_of_engagements as engagements using (engagement_id);

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
    -- A number is quicker to count by.
    region_order integer,
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
    is_worked_on boolean,
    -- Who leads it: see leading_partner. Null: nobody yet.
    lead_partner_id varchar,
    -- The last of its days.
    latest_on date,
    -- How each stage ended, and its days until then: see 36_stages.
    decided_end utinyint,
    decided_days integer,
    assigned_end utinyint,
    assigned_days integer,
    delivery_started_end utinyint,
    delivery_started_days integer,
    closed_end utinyint,
    closed_days integer,
    received_to_assigned_end utinyint,
    received_to_assigned_days integer
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
    -- How it is placed: site, agency, zip, city, county, state, or outside (its state).
    placed_by varchar,
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

-- Agencies with where they are: their own coordinates, else the middle of their ZIP, else
-- of their city, county, or state. Both coordinates come from the same one. Of ZIPs and
-- cities only those of agencies are joined: DuckDB would hash all of them first. Step by
-- step: what other columns are made of is a column of its own, which DuckDB would write
-- out again in each of them.
create or replace view placed_agencies as
with found as (
    select
        agencies.* exclude (latitude, longitude),
        case
            when is_place(agencies.latitude, agencies.longitude) then 'agency'
            when zips.name is not null then 'zip'
            when cities.name is not null then 'city'
            when counties.name is not null then 'county'
            when states.name is not null then 'state'
        end as found_by,
        case found_by
            when 'agency' then agencies.latitude
            when 'zip' then zips.latitude
            when 'city' then cities.latitude
            when 'county' then counties.latitude
            else states.latitude
        end as found_latitude,
        case found_by
            when 'agency' then agencies.longitude
            when 'zip' then zips.longitude
            when 'city' then cities.longitude
            when 'county' then counties.longitude
            else states.longitude
        end as found_longitude,
        struct_pack(
            state := states.state,
            south := states.south,
            north := states.north,
            west := states.west,
            east := states.east
        ) as state_box
    from described_agencies as agencies
    left join (
        from facts_of_middles
        where middle_of = 'zip' and name in (select zip from agencies)
    ) as zips on zips.name = agencies.zip
    left join (
        from facts_of_middles
        where middle_of = 'city' and name in (select lower(trim(city)) from agencies)
    ) as cities
        on cities.state = agencies.state
        and cities.name = lower(trim(agencies.city))
    left join facts_of_middles as counties
        on counties.middle_of = 'county'
        and counties.state = agencies.state
        and counties.name = county_in_full(agencies.county)
    left join facts_of_middles as states
        on states.middle_of = 'state' and states.state = agencies.state
),

checked as (
    select
        *,
        is_near_state(found_latitude, found_longitude, state_box) as is_near
    from found
)
select
    checked.* exclude (found_by, found_latitude, found_longitude, is_near),
    case
        when found_by is null then null
        when is_near then found_by
        -- It is drawn nowhere, and told.
        else 'outside'
    end as placed_by,
    case when is_near then found_latitude end as latitude,
    case when is_near then found_longitude end as longitude
from checked;

create or replace view agencies_now as
select
    agency_codes.agency_code,
    agency_id,
    agencies.agency_type,
    agencies.state,
    agencies.state_name,
    agencies.region,
    region_order(agencies.region) as region_order,
    agencies.division,
    agencies.size_band,
    agencies.band_order,
    agencies.is_small_agency
from described_agencies as agencies
join agency_codes using (agency_id);

-- An upload takes no row whose request, agency or engagement is not there. So
-- these joins lose nothing.
create or replace view requests_now as
with worked_on as (
    select
        request_id,
        leading_partner(lead_partner_id, status, period_on, engagement_id)
            as lead_partner_id
    from (
        select
            *,
            engagement_period_on(started_on, planned_start_on) as period_on
        from engagements
        where not is_cancelled(status)
    )
    group by request_id
),

known as (
    select
        request_id,
        agency_id,
        coalesce(topic_ids, []) as topic_ids,
        status,
        received_on,
        decided_on,
        assigned_on,
        delivery_started_on,
        closed_on,
        is_open_request(status, closed_on) as is_open,
        is_declined_at_decision(status, assigned_on) as is_refused,
        stages_past_by_dates(status, assigned_on, delivery_started_on) as past,
        left_on(
            is_open_request(status, closed_on), status, decided_on, closed_on
        ) as left_on,
        case when not is_open_request(status, closed_on) then closed_on end as end_on
    from requests
),

ends as (
    select
        *,
        stage_end(
            true, past >= 1, received_on, decided_on, is_refused,
            is_open, status, left_on
        ) as decided_end,
        stage_end(
            not is_refused and (past >= 1 or decided_on is not null), past >= 2,
            decided_on, assigned_on, false,
            is_open, status, left_on
        ) as assigned_end,
        stage_end(
            past >= 2 or assigned_on is not null, past >= 3,
            assigned_on, delivery_started_on, false,
            is_open, status, left_on
        ) as delivery_started_end,
        stage_end(
            past >= 3 or delivery_started_on is not null, not is_open,
            delivery_started_on, end_on, false,
            is_open, status, left_on
        ) as closed_end,
        stage_end(
            true, past >= 2, received_on, assigned_on, false,
            is_open, status, left_on
        ) as received_to_assigned_end
    from known
)

select
    request_id,
    agency_codes.agency_code,
    topic_sets.topic_set,
    status,
    received_on,
    month_of(received_on) as month_on,
    decided_on,
    assigned_on,
    delivery_started_on,
    closed_on,
    (decided_on - received_on)::integer as days_to_decided,
    (delivery_started_on - received_on)::integer as days_to_delivery_started,
    (closed_on - received_on)::integer as days_to_closed,
    is_open,
    is_accepted_status(status) as is_accepted,
    worked_on.request_id is not null as is_worked_on,
    worked_on.lead_partner_id,
    greatest(
        received_on, decided_on, assigned_on, delivery_started_on, closed_on
    ) as latest_on,
    decided_end,
    stage_days(decided_end, received_on, decided_on, left_on) as decided_days,
    assigned_end,
    stage_days(assigned_end, decided_on, assigned_on, left_on) as assigned_days,
    delivery_started_end,
    stage_days(delivery_started_end, assigned_on, delivery_started_on, left_on)
        as delivery_started_days,
    closed_end,
    stage_days(closed_end, delivery_started_on, end_on, left_on) as closed_days,
    received_to_assigned_end,
    stage_days(received_to_assigned_end, received_on, assigned_on, left_on)
        as received_to_assigned_days
from ends as requests
left join worked_on using (request_id)
join agency_codes using (agency_id)
join topic_sets using (topic_ids);

create or replace view engagements_now as
with described as (
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
        engagements.latitude as site_latitude,
        engagements.longitude as site_longitude,
        agencies.latitude as agency_latitude,
        agencies.longitude as agency_longitude,
        agencies.placed_by as agency_placed_by,
        is_near_state(
            engagements.latitude, engagements.longitude, agencies.state_box
        ) as is_site_near,
        (requests.delivery_started_on - requests.received_on)::integer
            as days_to_delivery_started
    from engagements
    -- Those with an engagement, which DuckDB would find too late among all.
    join (
        from requests
        where request_id in (select request_id from engagements)
    ) as requests using (request_id)
    join placed_agencies as agencies using (agency_id)
    join agency_codes using (agency_id)
)
select
    described.* exclude (
        site_latitude, site_longitude, is_site_near,
        agency_latitude, agency_longitude, agency_placed_by,
        days_to_delivery_started
    ),
    -- An engagement is at its site, else at its agency.
    case
        when not is_place(site_latitude, site_longitude) then agency_latitude
        when is_site_near then site_latitude
    end as latitude,
    case
        when not is_place(site_latitude, site_longitude) then agency_longitude
        when is_site_near then site_longitude
    end as longitude,
    case
        when not is_place(site_latitude, site_longitude) then agency_placed_by
        when is_site_near then 'site'
        else 'outside'
    end as placed_by,
    days_to_delivery_started
from described;

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

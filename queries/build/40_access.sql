-- The third wall: every row that a query reads comes through one of these.
-- Leadership and staff see all; a partner sees the engagements that it leads
-- or supports, their requests and agencies; any other role sees nothing.

create or replace macro may_see_all(in_viewer_role) as
    coalesce(in_viewer_role in ('leadership', 'staff'), false);

create or replace macro is_own_engagement(
    in_viewer_role, in_viewer_partner, in_lead, in_supporting
) as
    coalesce(
        in_viewer_role = 'partner'
        and (
            in_lead = in_viewer_partner
            or list_contains(in_supporting, in_viewer_partner)
        ),
        false
    );

create or replace macro own_request_ids(in_viewer_role, in_viewer_partner) as table
select distinct request_id
from engagements
where is_own_engagement(
    in_viewer_role, in_viewer_partner, lead_partner_id, supporting_partner_ids
);

-- Agencies with all that follows from their state and sworn officers.
create or replace view agency_facts as
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

create or replace macro visible_agencies(in_viewer_role, in_viewer_partner) as table
select *
from agency_facts
where
    may_see_all(in_viewer_role)
    or agency_id in (
        select requests.agency_id
        from requests
        where requests.request_id in (
            select request_id
            from own_request_ids(in_viewer_role, in_viewer_partner)
        )
    );

create or replace macro visible_requests(in_viewer_role, in_viewer_partner) as table
select
    requests.*,
    requests.topic_ids[1] as primary_topic_id,
    agencies.agency_name,
    agencies.agency_type,
    agencies.state,
    agencies.sworn_officers,
    agencies.size_band,
    agencies.band_order,
    coalesce(agencies.is_small_agency, false) as is_small_agency,
    agencies.region,
    agencies.division,
    coalesce(is_open_status(requests.status), true) as is_open,
    requests.decided_on - requests.received_on as days_to_decided,
    requests.assigned_on - requests.received_on as days_to_assigned,
    requests.delivery_started_on - requests.received_on as days_to_delivery_started,
    requests.closed_on - requests.received_on as days_to_closed
from requests
left join agency_facts as agencies using (agency_id)
where
    may_see_all(in_viewer_role)
    or requests.request_id in (
        select request_id from own_request_ids(in_viewer_role, in_viewer_partner)
    );

create or replace macro visible_engagements(in_viewer_role, in_viewer_partner) as table
select
    engagements.* exclude (topic_id, latitude, longitude),
    coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
    coalesce(engagements.started_on, engagements.planned_start_on) as period_on,
    -- A place is where the site is, else the agency, else its ZIP: both
    -- coordinates from the same one.
    case
        when engagements.latitude is not null and engagements.longitude is not null
            then engagements.latitude
        when agencies.latitude is not null and agencies.longitude is not null
            then agencies.latitude
        else zip_places.latitude
    end as latitude,
    case
        when engagements.latitude is not null and engagements.longitude is not null
            then engagements.longitude
        when agencies.latitude is not null and agencies.longitude is not null
            then agencies.longitude
        else zip_places.longitude
    end as longitude,
    requests.agency_id,
    agencies.agency_name,
    agencies.agency_type,
    agencies.city,
    agencies.state,
    agencies.size_band,
    agencies.band_order,
    agencies.region,
    agencies.division
from engagements
left join requests using (request_id)
left join agency_facts as agencies using (agency_id)
left join zip_places on zip_places.zip = agencies.zip
where
    may_see_all(in_viewer_role)
    or is_own_engagement(
        in_viewer_role,
        in_viewer_partner,
        engagements.lead_partner_id,
        engagements.supporting_partner_ids
    );

create or replace macro visible_outcomes(in_viewer_role, in_viewer_partner) as table
select
    outcomes.*,
    coalesce(outcomes.followup_on, outcomes.baseline_on) as period_on,
    engagements.topic_id,
    engagements.lead_partner_id,
    engagements.agency_type,
    engagements.state,
    engagements.size_band,
    engagements.region,
    engagements.division
from outcomes
join visible_engagements(in_viewer_role, in_viewer_partner) as engagements
    using (engagement_id);

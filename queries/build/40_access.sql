-- The third wall: every row that a query reads comes through one of these.
-- Leadership, staff and administrators see all; a partner sees the engagements that it leads
-- or supports, their requests, agencies and outcomes; any other role, and a
-- partner without a partner_id, sees nothing.
--
-- Each is "all, for those who may" union "own, for the others": the viewer is
-- known when DuckDB plans, so that one half costs nothing.

create or replace macro may_see_all(in_viewer) as
    coalesce(in_viewer['role'] in ('leadership', 'staff', 'administrator'), false);

create or replace macro is_partner(in_viewer) as
    coalesce(in_viewer['role'] = 'partner' and in_viewer['partner_id'] <> '', false);

create or replace macro is_known_viewer(in_viewer) as
    may_see_all(in_viewer) or is_partner(in_viewer);

create or replace macro is_own_engagement(
    in_viewer, in_lead, in_supporting
) as
    is_partner(in_viewer)
    and coalesce(
        in_lead = in_viewer['partner_id']
        or list_contains(in_supporting, in_viewer['partner_id']),
        false
    );

-- The tables' own columns, no more: what is counted without its agency.
create or replace macro visible_engagement_rows(in_viewer) as table
select *
from engagements
where
    may_see_all(in_viewer)
    or is_own_engagement(in_viewer, lead_partner_id, supporting_partner_ids);

create or replace macro visible_request_rows(in_viewer) as table
select *
from requests
where may_see_all(in_viewer)
union all
select *
from requests
where
    not may_see_all(in_viewer)
    and request_id in (
        select request_id
        from visible_engagement_rows(in_viewer)
    );

create or replace macro visible_outcome_rows(in_viewer) as table
select *
from outcomes
where may_see_all(in_viewer)
union all
select *
from outcomes
where
    not may_see_all(in_viewer)
    and engagement_id in (
        select engagement_id
        from visible_engagement_rows(in_viewer)
    );

create or replace macro visible_agencies(in_viewer) as table
select *
from described_agencies
where may_see_all(in_viewer)
union all
select *
from described_agencies
where
    not may_see_all(in_viewer)
    and agency_id in (
        select agency_id
        from visible_request_rows(in_viewer)
    );

-- An upload takes no row whose request, agency or engagement is not there. So
-- these joins lose nothing, and DuckDB may begin with the few agencies chosen.
create or replace macro visible_requests(in_viewer) as table
select
    requests.*,
    requests.topic_ids[1] as primary_topic_id,
    agencies.agency_name,
    agencies.agency_type,
    agencies.county,
    agencies.city,
    agencies.state,
    agencies.state_name,
    agencies.sworn_officers,
    agencies.population_served,
    agencies.size_band,
    agencies.band_order,
    agencies.is_small_agency,
    agencies.region,
    agencies.division,
    is_open_request(requests.status, requests.closed_on) as is_open,
    requests.decided_on - requests.received_on as days_to_decided,
    requests.assigned_on - requests.received_on as days_to_assigned,
    requests.delivery_started_on - requests.received_on as days_to_delivery_started,
    requests.closed_on - requests.received_on as days_to_closed
from visible_request_rows(in_viewer) as requests
join described_agencies as agencies using (agency_id);

-- Where each is comes from its facts.
create or replace macro visible_engagements(in_viewer) as table
select
    engagements.* exclude (topic_id, latitude, longitude),
    coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
    engagement_period_on(
        engagements.started_on, engagements.planned_start_on
    ) as period_on,
    facts.latitude,
    facts.longitude,
    facts.placed_by,
    requests.received_on as request_received_on,
    requests.status as request_status,
    requests.summary as request_summary,
    requests.agency_id,
    agencies.agency_name,
    agencies.agency_type,
    agencies.city,
    agencies.state,
    agencies.size_band,
    agencies.band_order,
    agencies.region,
    agencies.division
from visible_engagement_rows(in_viewer) as engagements
join requests using (request_id)
join described_agencies as agencies using (agency_id)
join facts_of_engagements as facts using (engagement_id);

-- Facts, for whatever is counted. Who may see all reads them straight.
create or replace macro visible_engagement_facts(in_viewer) as table
select *
from facts_of_engagements
where
    may_see_all(in_viewer)
    or is_own_engagement(in_viewer, lead_partner_id, supporting_partner_ids);

create or replace macro visible_outcome_facts(in_viewer) as table
select *
from facts_of_outcomes
where
    may_see_all(in_viewer)
    or is_own_engagement(in_viewer, lead_partner_id, supporting_partner_ids);

-- Whether a request is worked on, and who leads it, a partner knows of its own
-- engagements alone.
create or replace macro visible_request_facts(in_viewer) as table
select *
from facts_of_requests
where may_see_all(in_viewer)
union all
select
    requests.* replace (
        own.is_worked_on as is_worked_on, own.lead_partner_id as lead_partner_id
    )
from facts_of_requests as requests
join (
    select
        request_id,
        bool_or(not is_cancelled) as is_worked_on,
        leading_partner(lead_partner_id, status, period_on, engagement_id)
            as lead_partner_id
    from visible_engagement_facts(in_viewer)
    where not may_see_all(in_viewer)
    group by request_id
) as own using (request_id)
where not may_see_all(in_viewer);

create or replace macro visible_agency_facts(in_viewer) as table
select *
from facts_of_agencies
where may_see_all(in_viewer)
union all
select *
from facts_of_agencies
where
    not may_see_all(in_viewer)
    and agency_code in (
        select agency_code
        from visible_engagement_facts(in_viewer)
        where not may_see_all(in_viewer)
    );

-- A partner sees itself and those that it works with.
create or replace macro visible_partners(in_viewer) as table
select *
from partners
where
    may_see_all(in_viewer)
    or (
        is_partner(in_viewer)
        and (
            partner_id = in_viewer['partner_id']
            or partner_id in (
                select
                    unnest(list_append(supporting_partner_ids, lead_partner_id))
                from visible_engagement_rows(in_viewer)
                where not may_see_all(in_viewer)
            )
        )
    );

-- What the program and the Census fix is for every viewer that is known.
create or replace macro visible_topics(in_viewer) as table
select *
from topics
where is_known_viewer(in_viewer);

create or replace macro visible_metrics(in_viewer) as table
select *
from metrics
where is_known_viewer(in_viewer);

create or replace macro visible_states(in_viewer) as table
select *
from states
where is_known_viewer(in_viewer);

create or replace macro visible_size_bands(in_viewer) as table
select *
from size_bands
where is_known_viewer(in_viewer);

-- Who uploaded what, and every row before and after: no partner's business.
create or replace macro visible_uploads(in_viewer) as table
select *
from uploads
where may_see_all(in_viewer);

create or replace macro visible_upload_changes(in_viewer) as table
select *
from changes
where may_see_all(in_viewer);

create or replace macro visible_merges(in_viewer) as table
select *
from merged_agencies
where may_see_all(in_viewer);

-- Who did what and when: for administrators alone.
create or replace macro may_see_trail(in_viewer) as
    coalesce(in_viewer['role'] = 'administrator', false);

create or replace macro visible_trail(in_viewer) as table
select *
from audit
where may_see_trail(in_viewer);

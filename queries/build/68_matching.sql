-- Which partner may be chosen for a request, and what is known of both: no partner's
-- business, as it tells of other partners and of requests that are nobody's yet.

-- Days that two periods share, first and last day included.
create or replace macro days_shared(in_from_on, in_to_on, in_other_from_on, in_other_to_on) as
    greatest(
        0,
        least(in_to_on, in_other_to_on) - greatest(in_from_on, in_other_from_on) + 1
    );

-- Accepted, and with no engagement that is not canceled: as what needs attention counts them.
create or replace macro requests_without_partner(in_viewer, in_filters, in_as_of) as table
select
    requests.*,
    waiting.accepted_without_partner as days_waiting,
    case
        when is_place(agencies.latitude, agencies.longitude) then agencies.latitude
        else zip_places.latitude
    end as latitude,
    case
        when is_place(agencies.latitude, agencies.longitude) then agencies.longitude
        else zip_places.longitude
    end as longitude
from waiting_requests(in_viewer, in_filters, in_as_of) as waiting
join visible_requests(in_viewer) as requests using (request_id)
join visible_agencies(in_viewer) as agencies using (agency_id)
-- What has no known place has 0.
left join zip_places on zip_places.zip = agencies.zip and zip_places.latitude <> 0
where may_see_all(in_viewer) and waiting.accepted_without_partner is not null;

-- Partners that may be chosen on a day, with their base: its own place, else the middle of
-- its city's ZIP codes.
create or replace macro candidate_partners(in_viewer, in_on) as table
with selected as (
    select *
    from visible_partners(in_viewer)
    where
        may_see_all(in_viewer)
        and is_selected_partner(selection_status, effective_from_on, effective_to_on, in_on)
),

cities as (
    select
        selected.partner_id,
        median(zip_places.latitude) as latitude,
        median(zip_places.longitude) as longitude
    from selected
    join zip_places
        on zip_places.state = selected.base_state
        and lower(zip_places.city) = lower(trim(selected.base_city))
    where zip_places.latitude <> 0
    group by selected.partner_id
)

select
    selected.* exclude (base_latitude, base_longitude),
    case
        when is_place(base_latitude, base_longitude) then base_latitude
        else cities.latitude
    end as base_latitude,
    case
        when is_place(base_latitude, base_longitude) then base_longitude
        else cities.longitude
    end as base_longitude
from selected
left join cities using (partner_id);

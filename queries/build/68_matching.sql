-- Which partner may be chosen for a request, and what is known of both: no partner's
-- business, as it tells of other partners and of requests that are nobody's yet.

-- Days that two periods share, first and last day included.
create or replace macro days_shared(in_from_on, in_to_on, in_other_from_on, in_other_to_on) as
    greatest(
        0,
        least(in_to_on, in_other_to_on) - greatest(in_from_on, in_other_from_on) + 1
    );

-- The accepted requests without a partner with all that is known of them, and where their
-- agencies are: the middle of a county or state says too little of a distance.
create or replace macro requests_without_partner(in_viewer, in_filters, in_as_of) as table
select
    requests.*,
    waiting.days_waiting,
    case when places.placed_by in ('agency', 'zip', 'city') then places.latitude end
        as latitude,
    case when places.placed_by in ('agency', 'zip', 'city') then places.longitude end
        as longitude
from unassigned_requests(in_viewer, in_filters, in_as_of) as waiting
join visible_requests(in_viewer) as requests using (request_id)
join placed_agencies as places on places.agency_id = requests.agency_id;

-- Partners that may be chosen on a day, with their base.
create or replace macro candidate_partners(in_viewer, in_on) as table
select *
from placed_partners(in_viewer)
where
    may_see_all(in_viewer)
    and is_selected_partner(selection_status, effective_from_on, effective_to_on, in_on);

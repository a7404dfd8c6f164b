-- Open requests as of the as-of date, longest wait first: of one age band (1 to 4, see
-- age_band), one stage waited for, and one partner, each where given.
-- key: request_id
-- params: viewer, filters, as_of, age_band, waits_for, lead_partner_id, row_limit
-- ignores: date_from, date_to, statuses
with longest as (
    -- Cut to the limit before anything is looked up.
    select request_id, waits_for, lead_partner_id, days_open
    from
        chosen_backlog(
            $viewer, $filters, $as_of, $age_band, $waits_for, $lead_partner_id
        )
    order by days_open desc, request_id
    limit $row_limit::bigint
)

select
    request_id,
    requests.received_on,
    longest.days_open,
    longest.waits_for,
    joined_names([longest.lead_partner_id], names.partner_name_of) as lead_partner_name,
    requests.agency_name,
    requests.state,
    requests.size_band,
    requests.status
from visible_requests($viewer) as requests
join longest using (request_id)
cross join partner_names($viewer) as names
order by days_open desc, request_id

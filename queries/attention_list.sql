-- Requests and engagements that need attention for one reason, longest wait first.
-- key: attention, record_id
-- params: attention, viewer, filters, as_of, row_limit
-- ignores: date_from, date_to, statuses
with waiting as (
    select
        record_id,
        request_id,
        what,
        case $attention::varchar
            when 'undecided_over_30_days' then undecided_over_30_days
            when 'accepted_without_partner' then accepted_without_partner
            when 'assigned_not_started_over_60_days'
                then assigned_not_started_over_60_days
        end as days
    from waiting_requests($viewer, $filters, $as_of)
    union all
    select
        record_id,
        request_id,
        what,
        case $attention::varchar
            when 'engagements_past_planned_end' then engagements_past_planned_end
            when 'engagements_quiet_over_60_days' then engagements_quiet_over_60_days
        end
    from waiting_engagements($viewer, $filters, $as_of)
    union all
    select
        record_id,
        request_id,
        what,
        case $attention::varchar when 'followups_overdue' then followups_overdue end
    from waiting_outcomes($viewer, $filters, $as_of)
),

longest as (
    -- Cut to the limit before the agencies are looked up.
    select *
    from waiting
    where days is not null
    order by days desc, record_id
    limit $row_limit::bigint
)

select
    longest.record_id,
    $attention::varchar as attention,
    request_id,
    askers.agency_name,
    askers.state,
    longest.days,
    longest.what as status
from longest
join visible_requests($viewer) as askers using (request_id)
order by days desc, record_id

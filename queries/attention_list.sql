-- Requests and engagements that need attention for one reason, longest wait first.
-- key: attention, record_id
-- params: attention, viewer, filters, as_of, row_limit
-- ignores: date_from, date_to, partners, statuses
with longest as (
    -- Cut to the limit before the agencies are looked up.
    select *
    from attention_items($viewer, $filters, $as_of)
    where attention = $attention::varchar
    order by days desc, record_id
    limit $row_limit::bigint
)

select
    longest.record_id,
    longest.attention,
    request_id,
    askers.agency_name,
    askers.state,
    longest.days,
    longest.what as status
from longest
join visible_requests($viewer) as askers using (request_id)
order by days desc, record_id

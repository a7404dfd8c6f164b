-- Accepted requests that no partner has yet, longest wait first: without an engagement, or
-- with canceled ones only.
-- key: request_id
-- params: viewer, filters, as_of, request_id, row_limit
-- ignores: date_from, date_to, statuses
select
    request_id,
    agency_id,
    agency_name,
    state,
    joined_names(topic_ids, topics.topic_name_of) as topics,
    days_waiting,
    size_band,
    agency_type,
    received_on,
    decided_on,
    primary_topic_id as topic_id
from requests_without_partner($viewer, $filters, $as_of)
cross join topic_names($viewer) as topics
where $request_id::varchar is null or request_id = $request_id::varchar
order by days_waiting desc, request_id
limit $row_limit::bigint

update requests
set closed_reason = null, source = null, summary = null
where
    request_id in (select record_id from redacting)
    and coalesce(closed_reason, source, summary) is not null

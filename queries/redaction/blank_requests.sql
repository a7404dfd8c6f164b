update requests
set summary = null
where
    request_id in (select record_id from redacting)
    and summary is not null

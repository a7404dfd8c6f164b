-- Requests in whose ID or summary, or whose agency's ID or name, each word of the text occurs.
with described as (
    select
        requests.request_id,
        agencies.agency_name,
        agencies.state,
        requests.received_on,
        requests.status,
        requests.summary,
        concat_ws(
            ' ',
            requests.request_id,
            requests.summary,
            requests.agency_id,
            agencies.agency_name
        ) as searched
    from requests
    left join agencies using (agency_id)
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by received_on desc nulls last, request_id
limit $row_limit

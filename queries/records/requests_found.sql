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
where len(list_filter(
    string_split(lower(trim($text)), ' '),
    lambda word: not contains(lower(searched), word)
)) = 0
order by received_on desc nulls last, request_id
limit $row_limit

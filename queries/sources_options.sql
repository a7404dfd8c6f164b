-- Sources of requests to choose from, the 100 of most requests; where requests have none,
-- "Not reported" is one. A source of few requests is left out: it may name a person.
-- key: source
-- params: viewer, suppress_below
select
    coalesce(source, 'Not reported') as source,
    count(*) as requests
from visible_request_rows($viewer)
group by all
having requests >= $suppress_below::bigint
order by requests desc, source
limit 100

-- The closed quarters that are not published yet and have enough requests. There must be
-- enough even without those of any one partner, because waiting reveals something too.
with closed as (
    select
        fiscal_quarter(received_on) as quarter,
        request_id,
        may_be_given(status, closed_on, request_id) as is_still_to_give
    from requests
    where
        received_on < date_trunc('quarter', $as_of::date)
        and fiscal_quarter(received_on) not in (select quarter from published_totals)
),

own as (
    select quarter, partner_id, count(*) as requests
    from closed
    join partner_requests using (request_id)
    group by all
),

known_most as (
    select quarter, max(requests) as most_of_one
    from own
    group by all
)

select closed.quarter
from closed
left join known_most using (quarter)
group by closed.quarter, known_most.most_of_one
having not is_small_to_somebody(
    count(*),
    row_count(is_still_to_give),
    coalesce(known_most.most_of_one, 0),
    $suppress_below::integer
)
order by closed.quarter

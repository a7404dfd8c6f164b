-- The closed quarters that are not published, with enough requests to speak of.
select fiscal_quarter(received_on) as quarter
from requests
where
    received_on < date_trunc('quarter', $as_of::date)
    and fiscal_quarter(received_on) not in (select quarter from published_totals)
group by quarter
having count(*) >= $suppress_below::integer
order by quarter

-- Seven plain aggregates over the flat requests, of every row.

select month, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by month;

select region, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by region;

select state, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by state;

select size_band, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by size_band;

select agency_type, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by agency_type;

select topic_id, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by topic_id;

select status, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
group by status;

-- Seven plain aggregates over the flat requests, filtered as the pages are: two regions, FY2020 to FY2023.

select month, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by month;

select region, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by region;

select state, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by state;

select size_band, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by size_band;

select agency_type, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by agency_type;

select topic_id, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by topic_id;

select status, count(*) as requests, avg(days) as mean_days
from bench.flat_requests
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by status;

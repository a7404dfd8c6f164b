-- Seven plain aggregates over the flat outcomes, filtered as the pages are: two regions, FY2020 to FY2023.

select month, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by month;

select region, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by region;

select state, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by state;

select size_band, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by size_band;

select agency_type, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by agency_type;

select topic_id, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by topic_id;

select metric_id, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
where
    region in ('South', 'West')
    and counted_on between date '2019-10-01' and date '2023-09-30'
group by metric_id;

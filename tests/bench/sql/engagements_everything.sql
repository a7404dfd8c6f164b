-- Seven plain aggregates over the flat engagements, of every row.

select month, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by month;

select region, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by region;

select state, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by state;

select size_band, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by size_band;

select agency_type, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by agency_type;

select topic_id, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by topic_id;

select status, count(*) as engagements, avg(hours) as mean_hours
from bench.flat_engagements
group by status;

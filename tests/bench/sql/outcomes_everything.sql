-- Seven plain aggregates over the flat outcomes, of every row.

select month, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by month;

select region, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by region;

select state, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by state;

select size_band, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by size_band;

select agency_type, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by agency_type;

select topic_id, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by topic_id;

select metric_id, count(*) as outcomes, avg(change) as mean_change
from bench.flat_outcomes
group by metric_id;

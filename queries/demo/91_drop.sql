-- Drop the intermediate tables.
drop table demo_topic_metrics;

drop table demo_metric_levels;

drop table demo_summaries;

drop table demo_topic_patterns;

drop table demo_askers;

drop table demo_arrivals;

drop table demo_days;

drop table demo_partner_slots;

drop table demo_calendar;

drop table demo_sizes;

drop table demo_agencies;

drop table demo_capitals;

drop table demo_counties;

drop table demo_seats;

drop table demo_biggest_cities;

drop table demo_places;

drop macro demo_workday;

drop macro demo_pick;

drop macro demo_days_around;

drop macro demo_normal;

drop macro demo_chance;

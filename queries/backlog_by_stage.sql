-- How old open requests are as of the as-of date, by the stage whose end they wait
-- for.
-- key: waits_for
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
select
    waits_for,
    stage_order,
    row_count(true) as requests_open,
    row_count(age_band = 1) as requests_0_to_7_days,
    row_count(age_band = 2) as requests_8_to_30_days,
    row_count(age_band = 3) as requests_31_to_90_days,
    row_count(age_band = 4) as requests_over_90_days,
    max(days_open) as oldest_days
from backlog($viewer, $filters, $as_of)
join stages() on stage = waits_for
group by all
order by stage_order, waits_for

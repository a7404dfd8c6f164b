-- How old open requests are as of the as-of date: of one age band (1 to 4, see age_band),
-- one stage waited for, and one partner, each where given.
-- key: one row
-- params: viewer, filters, as_of, age_band, waits_for, lead_partner_id
-- ignores: date_from, date_to, statuses
select
    row_count(true) as requests_open,
    row_count(age_band = 1) as requests_0_to_7_days,
    row_count(age_band = 2) as requests_8_to_30_days,
    row_count(age_band = 3) as requests_31_to_90_days,
    row_count(age_band = 4) as requests_over_90_days,
    median(days_open) as median_days_open,
    max(days_open) as oldest_days
from chosen_backlog($viewer, $filters, $as_of, $age_band, $waits_for, $lead_partner_id)
order by all

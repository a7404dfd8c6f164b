-- How old open requests are as of the as-of date, by the partner that leads them, those
-- with most over 90 days first.
-- key: lead_partner_id
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
select
    lead_partner_id,
    joined_names([lead_partner_id], names.partner_name_of) as lead_partner_name,
    row_count(true) as requests_open,
    row_count(age_band = 1) as requests_0_to_7_days,
    row_count(age_band = 2) as requests_8_to_30_days,
    row_count(age_band = 3) as requests_31_to_90_days,
    row_count(age_band = 4) as requests_over_90_days,
    max(days_open) as oldest_days
from backlog($viewer, $filters, $as_of)
cross join partner_names($viewer) as names
group by all
order by requests_over_90_days desc, requests_open desc, lead_partner_id

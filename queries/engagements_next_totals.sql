-- How many engagements are active, planned, and late as of the as-of date.
-- key: one row
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
select
    row_count(status = 'active') as engagements_active,
    row_count(status = 'planned') as engagements_planned,
    row_count(status is null) as engagements_without_status,
    row_count(days_late is not null) as engagements_late,
    row_count(days_past_start is not null) as engagements_late_not_begun,
    row_count(days_past_end is not null and days_past_start is null)
        as engagements_late_not_ended,
    max(days_late) as most_days_late,
    min(next_on) filter (where next_on >= $as_of::date) as next_on
from open_engagements($viewer, $filters, $as_of)
order by all

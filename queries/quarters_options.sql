-- Published fiscal quarters to choose from, newest first. Times are in UTC.
-- key: quarter
-- params: viewer
select
    quarter,
    quarter_from_on,
    quarter_to_on,
    suppress_below,
    as_of_on,
    published.published_at at time zone 'UTC' as published_at
from (
    select distinct
        quarter, quarter_from_on, quarter_to_on, suppress_below, as_of_on, published_at
    from visible_published_totals($viewer)
) as published
order by quarter_from_on desc, quarter

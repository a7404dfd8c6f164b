-- The fiscal year to date and as many days of the one before, one row: see
-- build/64_stage_years.
with this_year as (
    select
        least(coalesce($filters['date_to']::date, $as_of::date), $as_of::date) as to_on
),

begun as (
    select to_on, fiscal_year_from(to_on) as from_on
    from this_year
),

days as (
    select
        from_on as this_from_on,
        to_on as this_to_on,
        fiscal_year_from(from_on - 1) as last_from_on
    from begun
)

select
    *,
    -- As many days, but none of the year after, where a leap year is one day longer.
    least(
        last_from_on + (this_to_on - this_from_on)::integer, this_from_on - 1
    ) as last_to_on
from days;

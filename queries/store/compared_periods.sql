-- The periods that headlines compare, one row: see build/60_measures.
with chosen as (
    select
        last_day_of($filters, $as_of) as last_day_on,
        recent_from($filters, $as_of) as recent_from_on
),

known as (
    -- Before the first request there was nothing to count.
    select month_of(min(received_on)) as first_on
    from visible_request_facts($viewer)
    where is_likely_day(received_on, $as_of)
),

periods as (
    select
        last_day_on,
        recent_from_on,
        before_from(recent_from_on, last_day_on) as before_from_on,
        (recent_from_on - interval 12 month)::date as last_year_from_on,
        first_on
    from chosen
    cross join known
)

select
    last_day_on,
    recent_from_on,
    case when before_from_on >= first_on then before_from_on end as before_from_on,
    case when before_from_on >= first_on then recent_from_on - 1 end as before_to_on,
    case when last_year_from_on >= first_on then last_year_from_on end
        as last_year_from_on,
    case when last_year_from_on >= first_on then last_year_to(last_day_on) end
        as last_year_to_on
from periods;

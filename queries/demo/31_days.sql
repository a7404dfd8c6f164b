-- The number of requests on each working day: growth over the years with a dip, fewer in
-- summer and around holidays, and variation between days.
create temp table demo_days as
with days as (
    select
        day_on::date as received_on,
        fiscal_year(day_on::date) as fiscal_year,
        [0.95, 1.05, 1.2, 1.05, 1.1, 0.9, 0.75, 0.9, 1.15, 1.15, 0.95, 0.7][
            month(day_on)
        ] as season,
        demo_chance($seed, day_on::date, 'day') as luck,
        demo_chance($seed, day_on::date, 'day again') as more_luck
    from range(date '2017-10-01', date '2026-10-01', interval 1 day) as days(day_on)
    where
        isodow(day_on) < 6
        and (month(day_on), day(day_on)) not in ((1, 1), (7, 4), (12, 25))
),

years as (
    select *
    from (values
        (2018, 130), (2019, 255), (2020, 215), (2021, 225), (2022, 320),
        (2023, 395), (2024, 455), (2025, 490), (2026, 520)
    ) as years(fiscal_year, weight)
),

lucky as (
    select
        *,
        ceil(10000 * season * -ln((1 - luck) * (1 - more_luck)))::bigint + 1 as draw
    from days
),

weighted as (
    select
        received_on,
        fiscal_year,
        floor(
            1000000.0 * weight * draw / sum(draw) over (partition by fiscal_year)
        )::hugeint + 1 as weight
    from lucky
    join years using (fiscal_year)
),

summed as (
    select
        *,
        sum(weight) over (order by received_on) as weight_to,
        sum(weight) over () as weights
    from weighted
),

counted as (
    select
        received_on,
        fiscal_year,
        ($requests::hugeint * (weight_to - weight) // weights)::bigint as before,
        ($requests::hugeint * weight_to // weights)::bigint as until
    from summed
)

select
    received_on,
    fiscal_year,
    before,
    until - before as requests,
    before - min(before) over (partition by fiscal_year) as before_in_year
from counted
where until > before;

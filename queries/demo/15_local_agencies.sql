-- City and town police, sheriffs and county police, each in order of size.
create temp table demo_agencies as
with towns as (
    select *
    from demo_seats
    where not regexp_matches(city, '(^Jbsa|Afb$|Naval|Mcas|Univ)')
    order by is_biggest or zips > 1 desc, chance_of_police, place_key
    limit 12500
),

town_kinds as (
    select *, demo_chance($seed, place_key, 'kind of town') as kind
    from towns
)

select
    'municipal' as agency_type,
    case
        when is_biggest or zips > 1 or regexp_matches(city, '(Township|City|Town)$')
            then city || ' Police Department'
        when state = 'PA' and kind < 0.35 then city || ' Borough Police Department'
        when state in ('NJ', 'PA') and kind < 0.70
            then city || ' Township Police Department'
        when state = 'NJ' and kind < 0.85 then city || ' Borough Police Department'
        when state in ('MI', 'OH') and kind < 0.15
            then city || ' Township Police Department'
        when state in ('NY', 'WI', 'IL') and kind < 0.20
            then city || ' Village Police Department'
        when state in ('MA', 'CT', 'NH', 'RI', 'NY') and kind < 0.40
            then 'Town of ' || city || ' Police Department'
        when kind > 0.97 then city || ' Department of Public Safety'
        else city || ' Police Department'
    end as agency_name,
    state, county, city, zip, latitude, longitude,
    row_number() over (
        order by city_rank nulls last, size_score desc, place_key
    ) as size_rank
from town_kinds

union all

select
    'sheriff',
    county || case
        when state in ('CA', 'IN', 'MA', 'SC', 'WI', 'MS') then ' Sheriff''s Department'
        else ' Sheriff''s Office'
    end,
    state, county, city, zip, latitude, longitude,
    row_number() over (
        order by
            -- Counts places too, because one city with many ZIP Codes does not make a large county.
            ln(zips) / 2 + ln(places) / 2
            + 0.35 * demo_normal($seed, state || county, 'size') desc,
            state, county
    )
from demo_counties
where
    state not in ('AK', 'CT', 'DC', 'HI', 'RI', 'AS', 'GU', 'MP', 'PR', 'VI')
    and not (state = 'NY' and county = 'New York County')
    and regexp_matches(county, '(County|Parish|City)$')

union all

select
    'county',
    county || ' Police Department',
    state, county, city, zip, latitude, longitude,
    row_number() over (order by zips desc, state, county)
from demo_counties
where
    state in ('DE', 'FL', 'GA', 'HI', 'MD', 'MO', 'NC', 'NJ', 'NY', 'PA', 'SC', 'VA')
    and regexp_matches(county, 'County$')
    and county not in ('New York County', 'Philadelphia County', 'Honolulu County')
qualify
    row_number() over (partition by state order by zips desc, county) <= 6
order by agency_type, size_rank;

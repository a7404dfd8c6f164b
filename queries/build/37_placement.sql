-- Where an agency or an engagement is, as exactly as it is known.

-- Middles of ZIPs, cities, counties, and states, from the ZIP codes. Those of unknown
-- place have 0. The rectangle around a state's ZIP codes is for what lies outside it.
-- A few ZIPs are of two states, so a ZIP has no state here.
create or replace view middles_now as
with zips as not materialized (
    select
        zip,
        state,
        lower(trim(city)) as city,
        lower(trim(county)) as county,
        latitude,
        degrees_east_of(state, longitude) as longitude
    from zip_places
    where latitude <> 0 and longitude <> 0
)
select
    case
        when city is not null then 'city'
        when county is not null then 'county'
        else 'state'
    end as middle_of,
    coalesce(city, county, state) as name,
    state,
    median(latitude) as latitude,
    median(longitude) as longitude,
    min(latitude) as south,
    max(latitude) as north,
    min(longitude) as west,
    max(longitude) as east
from zips
group by grouping sets ((state, city), (state, county), (state))
having coalesce(city, county, state) <> ''
union all by name
select
    'zip' as middle_of,
    zip as name,
    avg(latitude) as latitude,
    avg(longitude) as longitude
from zips
group by zip;

-- "Clark" and "Clark County" are one, written as ZIP codes write it; so is a parish.
create or replace macro county_in_full(in_county) as
    case
        when regexp_matches(lower(trim(in_county)), '(county|parish|borough|municipio)$')
            then lower(trim(in_county))
        else lower(trim(in_county)) || ' county'
    end;

-- Empty in a new store until it has its ZIP codes.
create or replace table facts_of_middles as
select * from middles_now;

-- Real places for agencies, one row per city and state. The number of its ZIP Codes stands
-- in for its size.
create temp table demo_places as
with known as (
    select
        zip_places.zip,
        zip_places.city,
        zip_places.state,
        regexp_replace(zip_places.county, ' city$', ' City') as county,
        zip_places.latitude,
        zip_places.longitude
    from zip_places
    join states using (state)
    where
        zip_places.latitude <> 0
        and not regexp_matches(zip_places.city, '[^A-Za-z .''-]')
        -- Boroughs of a city with one police department.
        and not (
            zip_places.state = 'NY'
            and zip_places.county in (
                'Bronx County', 'Kings County', 'Queens County', 'Richmond County'
            )
        )
        and not (
            zip_places.state = 'NY'
            and zip_places.county = 'New York County'
            and zip_places.city <> 'New York'
        )
),

counted as (
    select *, count(*) over (partition by state, city, county) as zips_in_county
    from known
)

select
    state,
    city,
    arg_max(nullif(county, ''), (zips_in_county, -zip::integer)) as county,
    arg_max(zip, (zips_in_county, -zip::integer)) as zip,
    arg_max(latitude, (zips_in_county, -zip::integer)) as latitude,
    arg_max(longitude, (zips_in_county, -zip::integer)) as longitude,
    count(*) as zips,
    state || '/' || city as place_key
from counted
group by state, city;

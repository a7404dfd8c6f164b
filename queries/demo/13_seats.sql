-- Places and counties for agencies, in order of size.
create temp table demo_seats as
select
    places.*,
    biggest.city_rank,
    coalesce(biggest.city_rank <= 60, false) as is_biggest,
    -- A lower value makes a police department more likely. In some states, county or
    -- state police serve most towns.
    pow(
        demo_chance($seed, place_key, 'has police'),
        case
            when state in ('HI', 'NV', 'VT') then 0.25
            when state in ('AK', 'KY', 'MD', 'ME', 'MT', 'ND', 'PR', 'VA', 'WV') then 0.5
            when state in ('CT', 'IL', 'MA', 'NJ', 'OH', 'PA', 'TX') then 1.7
            else 1
        end
    ) as chance_of_police,
    ln(zips) + 0.5 * demo_normal($seed, place_key, 'size') as size_score
from demo_places as places
left join demo_biggest_cities as biggest using (state, city);

create temp table demo_counties as
select
    state,
    county,
    sum(zips)::bigint as zips,
    count(*) as places,
    arg_max(city, (zips, city)) as city,
    arg_max(zip, (zips, city)) as zip,
    arg_max(latitude, (zips, city)) as latitude,
    arg_max(longitude, (zips, city)) as longitude
from demo_places
where county is not null
group by state, county;

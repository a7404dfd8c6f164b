-- State and territorial agencies, two in every second state.
insert into demo_agencies
select
    'state',
    case part
        when 1 then state_name || case
            when region = 'Territories' then ' Territorial Police'
            else ' Public Safety Patrol'
        end
        when 2 then state_name || ' Bureau of Criminal Inquiries'
        else state_name || ' Capitol Security Police'
    end,
    state, county, city, zip, latitude, longitude,
    row_number() over (order by part, size_in_state desc, state)
from (
    select
        capitals.state,
        capitals.city,
        places.county,
        places.zip,
        places.latitude,
        places.longitude,
        states.state_name,
        states.region,
        (
            select sum(zips) from demo_places
            where demo_places.state = capitals.state
        ) as size_in_state,
        unnest([1, 2, 3]) as part
    from demo_capitals as capitals
    join states using (state)
    join demo_places as places
        on places.state = capitals.state and places.city = capitals.city
)
where
    part = 1
    or (
        region <> 'Territories'
        and demo_chance($seed, state, 'state agency' || part) < 0.55 - 0.15 * part
    );

-- Tribal police, at small places of states that have tribes; names invented.
insert into demo_agencies
with weighted as (
    select
        *,
        pow(
            demo_chance($seed, place_key, 'tribal'),
            case
                when state in ('AZ', 'NM', 'OK', 'SD', 'WA') then 0.08
                when state in ('CA', 'MN', 'MT', 'ND', 'NV', 'WI') then 0.16
                when state in ('AK', 'ID', 'MI', 'NE', 'OR', 'UT', 'WY') then 0.3
                else 1
            end
        ) as draw
    from demo_seats
    where
        zips = 1
        and city_rank is null
        and state in (
            'AK', 'AL', 'AZ', 'CA', 'CO', 'CT', 'FL', 'IA', 'ID', 'KS', 'LA', 'MA',
            'ME', 'MI', 'MN', 'MS', 'MT', 'NC', 'ND', 'NE', 'NM', 'NV', 'NY', 'OK',
            'OR', 'RI', 'SD', 'TX', 'UT', 'WA', 'WI', 'WY'
        )
),

drawn as (
    select *
    from weighted
    order by draw desc, place_key
    limit 205
)

select
    'tribal',
    city || case
        when demo_chance($seed, place_key, 'tribal name') < 0.8 then ' Tribal Police'
        else ' Nation Police Department'
    end,
    state, county, city, zip, latitude, longitude,
    row_number() over (order by demo_chance($seed, place_key, 'tribal size'), place_key)
from drawn;

-- Campus police, several in the larger cities.
insert into demo_agencies
with kinds as (
    select *
    from (values
        (1, ' State University Police Department', 0.62),
        (2, ' Community College Police Department', 0.50),
        (3, ' College Department of Public Safety', 0.36),
        (4, ' Medical University Police', 0.10)
    ) as kinds(part, ending, share)
),

large as (
    select *
    from demo_seats
    order by city_rank nulls last, size_score desc, place_key
    limit 800
),

drawn as (
    select
        large.*, kinds.*, demo_normal($seed, place_key, ending) as luck
    from large
    cross join kinds
    where demo_chance($seed, place_key, 'campus' || ending) < share * 0.72
)

select
    'campus',
    city || ending,
    state, county, city, zip, latitude, longitude,
    row_number() over (order by ln(zips) - 0.7 * part + luck desc, place_key, part)
from drawn;

-- Police of transit, airports, parks, ports, hospitals and school districts.
insert into demo_agencies
with kinds as (
    select *
    from (values
        (1, ' Area Transit Police', 120, 0.45),
        (2, ' Airport Police Department', 200, 0.50),
        (3, ' Port Authority Police', 120, 0.15),
        (4, ' Park Police', 500, 0.24),
        (5, ' Hospital District Police', 300, 0.20),
        (6, ' School District Police Department', 900, 0.30)
    ) as kinds(part, ending, among, share)
),

ranked as (
    select
        *,
        row_number() over (
            order by city_rank nulls last, size_score desc, place_key
        ) as place_rank
    from demo_seats
),

drawn as (
    select
        ranked.*, kinds.*, demo_normal($seed, place_key, ending) as luck
    from ranked
    join kinds on ranked.place_rank <= kinds.among
    where
        demo_chance($seed, place_key, 'special' || ending)
        < case
            when part <> 6 then share
            when state in ('TX', 'CA', 'FL', 'GA', 'OK') then 1
            else share
        end
)

select
    'special',
    city || case
        when part = 6 and state = 'TX' then ' Independent' || ending
        else ending
    end,
    state, county, city, zip, latitude, longitude,
    row_number() over (order by ln(zips) - 0.25 * part + luck desc, place_key, part)
from drawn;

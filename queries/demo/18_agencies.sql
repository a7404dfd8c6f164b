-- Agencies: with IDs like ORIs, sizes by rank, and some unknown values.
insert into agencies by name
with ranked as (
    select
        *,
        agency_type || '/' || state || '/' || agency_name || '/' || city as agency_key,
        least(1, size_rank / count(*) over (partition by agency_type)) as share
    from demo_agencies
),

sized as (
    select
        ranked.*,
        greatest(
            1,
            round(
                exp(
                    ln(sworn_from)
                    + (ln(sworn_to) - ln(sworn_from))
                    * greatest(0, ln(share / share_from))
                    / ln(share_to / share_from)
                )
                * case
                    when share < 0.01 then 1
                    else exp(0.08 * demo_normal($seed, agency_key, 'sworn'))
                end
            )
        )::integer as sworn
    from ranked
    join demo_sizes as sizes
        on
            sizes.agency_type = ranked.agency_type
            and share >= applies_from
            and share < share_to
),

numbered as (
    select
        *,
        dense_rank() over (
            partition by state order by coalesce(county, '')
        ) as county_no,
        -- A county's sheriff has number 0. The others follow.
        row_number() over (
            partition by state, coalesce(county, '')
            order by agency_type <> 'sheriff', agency_key
        )
        - max((agency_type = 'sheriff')::integer) over (
            partition by state, coalesce(county, '')
        ) as agency_no,
        demo_chance($seed, agency_key, 'place known') as place_known,
        -- The largest agencies always report.
        size_rank <= 60
        and agency_type in ('municipal', 'sheriff', 'state')
        or demo_chance($seed, agency_key, 'sworn known') >= 0.07 as is_sworn_known
    from sized
)

select
    case state when 'NE' then 'NB' when 'GU' then 'GM' else state end
    || lpad(county_no::varchar, 3, '0')
    || lpad((agency_no % 100)::varchar, 2, '0')
    || lpad((agency_no // 100)::varchar, 2, '0') as agency_id,
    agency_name,
    agency_type,
    state,
    county,
    city,
    case when place_known >= 0.01 then zip end as zip,
    case when place_known >= 0.03 then latitude end as latitude,
    case when place_known >= 0.03 then longitude end as longitude,
    case when is_sworn_known then sworn end as sworn_officers,
    case
        when is_sworn_known
            then make_date(
                demo_pick(
                    [2020, 2022, 2023, 2024, 2024, 2025, 2025, 2025],
                    demo_chance($seed, agency_key, 'sworn on')
                ),
                12,
                31
            )
    end as sworn_as_of_on,
    -- Two officers for 1,000 people, fewer in the larger counties.
    case
        when agency_type not in ('special', 'state')
            and demo_chance($seed, agency_key, 'population known') >= 0.02
            then round(
                sworn * case agency_type when 'sheriff' then 900 else 480 end
                * exp(
                    case when sworn < 500 then 0.3 else 0.12 end
                    * demo_normal($seed, agency_key, 'population')
                ),
                -1
            )::integer
    end as population_served
from numbered
order by agency_id;

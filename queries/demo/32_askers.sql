-- The agencies that make requests, in slots. Larger and more active agencies have more.
create temp table demo_askers as
with weighted as (
    select
        facts.*,
        round(
            4
            * [1.0, 2.3, 4.6, 8.5, 16, 28, 45, 80, 3.0][band_order]
            * case agency_type
                when 'tribal' then 2.2
                when 'campus' then 0.8
                when 'special' then 0.5
                when 'state' then 0.35
                when 'sheriff' then 0.9
                else 1
            end
            * case region when 'South' then 0.9 when 'West' then 1.15 else 1 end
            * (0.75 + 0.5 * demo_chance($seed, state, 'keen state'))
            * exp(0.7 * demo_normal($seed, agency_id, 'keen'))
        )::bigint + 1 as weight
    from described_agencies as facts
),

classed as (
    select
        *,
        sum(weight) over (order by agency_id) as weight_to,
        dense_rank() over (order by kind, size, region) as topic_class
    from (
        select
            *,
            case
                when agency_type in ('municipal', 'county', 'state') then 'local'
                else agency_type
            end as kind,
            case
                when coalesce(sworn_officers, 15) < 25 then 'small'
                when coalesce(sworn_officers, 15) < 100 then 'medium'
                else 'large'
            end as size
        from weighted
    )
)

select
    agency_id,
    kind,
    size,
    region,
    topic_class,
    unnest(range((weight_to - weight)::bigint, weight_to::bigint)) as slot
from classed;

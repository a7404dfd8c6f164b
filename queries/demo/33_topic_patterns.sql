-- The topics of requests: 250 lists of one to four topics for each period and class of
-- agencies (kind, size, region), drawn by the needs of such agencies.
create temp table demo_topic_patterns as
with topic_weights as (
    select *
    from (values
        ('crime-reduction', 10.0, 0.8, 1.0, 1.2, 0.3, 0.5, 1.0, 1.0, 1.0),
        ('gun-violence', 7.5, 0.5, 1.0, 2.0, 0.25, 0.3, 0.8, 0.9, 1.3),
        ('focused-deterrence', 4.0, 0.3, 1.0, 2.2, 0.1, 0.3, 1.0, 0.8, 1.1),
        ('gang-prevention', 5.0, 0.6, 1.1, 1.4, 0.3, 0.5, 1.2, 0.8, 1.0),
        ('stakeholder-coordination', 5.0, 0.8, 1.0, 1.2, 1.0, 1.0, 1.0, 1.1, 1.0),
        ('information-sharing', 5.0, 0.7, 1.0, 1.3, 0.8, 0.8, 1.2, 1.0, 0.9),
        ('mass-casualty', 4.0, 0.7, 1.0, 1.3, 1.6, 0.7, 1.2, 0.6, 1.0),
        ('active-shooter', 9.0, 1.0, 1.0, 0.8, 4.0, 0.7, 1.3, 0.6, 1.2),
        ('mass-demonstrations', 5.0, 0.12, 0.7, 4.0, 1.6, 0.2, 0.7, 3.0, 0.8),
        ('compstat', 6.0, 0.15, 1.0, 3.0, 0.15, 0.3, 1.0, 0.9, 1.0),
        ('officer-wellness', 19.0, 1.0, 1.1, 1.0, 0.8, 1.0, 0.75, 1.0, 1.3),
        ('training', 21.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.95, 1.2, 1.0),
        ('tribal', 0.02, 1.0, 1.0, 0.5, 0.1, 4400.0, 1.0, 1.0, 1.0),
        ('shared-services', 6.5, 2.4, 0.7, 0.08, 0.3, 1.5, 0.9, 1.0, 1.1)
    ) as weights(
        topic_id, weight, when_small, when_medium, when_large,
        on_campus, when_tribal, in_2018, in_2020, in_2022
    )
),

regional as (
    select *
    from (values
        ('gun-violence', 'South', 1.4), ('gun-violence', 'Midwest', 1.3),
        ('gang-prevention', 'West', 1.5), ('gang-prevention', 'South', 1.2),
        ('mass-demonstrations', 'West', 1.7), ('shared-services', 'Midwest', 1.5),
        ('shared-services', 'Northeast', 1.2), ('information-sharing', 'Northeast', 1.6),
        ('officer-wellness', 'Northeast', 1.2), ('mass-casualty', 'Territories', 2.0),
        ('crime-reduction', 'South', 1.2), ('training', 'West', 1.1)
    ) as regional(topic_id, region, likelier)
),

classes as (
    select distinct topic_class, kind, size, region
    from demo_askers
),

weighted as (
    select
        classes.topic_class,
        period,
        topic_weights.topic_id,
        round(
            1000 * topic_weights.weight
            * case size
                when 'small' then when_small
                when 'medium' then when_medium
                else when_large
            end
            * case kind
                when 'campus' then on_campus
                when 'special' then (1 + on_campus) / 2
                when 'tribal' then when_tribal
                else 1
            end
            * case period when 1 then in_2018 when 2 then in_2020 else in_2022 end
            * coalesce(regional.likelier, 1)
        )::bigint + 1 as weight
    from classes
    cross join topic_weights
    cross join (values (1), (2), (3)) as periods(period)
    left join regional
        on
            regional.topic_id = topic_weights.topic_id
            and regional.region = classes.region
),

shared as (
    select
        *,
        sum(weight) over (
            partition by topic_class, period order by weight, topic_id
        ) as weight_to,
        sum(weight) over (partition by topic_class, period) as weights
    from weighted
),

-- 1,000 slots for each class and period, divided by weight.
slots as (
    select
        topic_class,
        period,
        topic_id,
        unnest(
            range(
                (1000 * (weight_to - weight) // weights)::bigint,
                (1000 * weight_to // weights)::bigint
            )
        ) as slot
    from shared
),

patterns as (
    select
        topic_class,
        period,
        pattern_no,
        1000000 * topic_class + 1000 * period + pattern_no as pattern_key,
        demo_chance($seed, pattern_key, 'topics') as luck
    from classes
    cross join (values (1), (2), (3)) as periods(period)
    cross join range(250) as numbers(pattern_no)
),

draws as (
    select
        *,
        unnest(
            range(
                case
                    when luck < 0.61 then 1
                    when luck < 0.87 then 2
                    when luck < 0.96 then 3
                    else 4
                end
            )
        ) as draw_no
    from patterns
),

drawn as (
    select
        draws.topic_class,
        draws.period,
        draws.pattern_no,
        slots.topic_id,
        min(draws.draw_no) as draw_no
    from draws
    left join slots
        on
            slots.topic_class = draws.topic_class
            and slots.period = draws.period
            and slots.slot = floor(
                1000 * demo_chance($seed, pattern_key, 'topic ' || draw_no)
            )::bigint
    group by all
)

select
    topic_class,
    period,
    pattern_no,
    list(topic_id order by draw_no) as topic_ids
from drawn
group by topic_class, period, pattern_no;

-- Each day of the program, with the partners active then (an era) and whether meetings were
-- online only.
create temp table demo_calendar as
select
    day_on::date as day_on,
    1
    + (day_on >= date '2019-10-01')::integer
    + (day_on >= date '2022-05-01')::integer
    -- A leaving partner accepts nothing new in its last six months.
    + (day_on > date '2022-03-31')::integer as era_no,
    day_on between date '2020-03-16' and date '2021-06-30' as is_remote
from range(date '2017-10-01', date '2026-10-01', interval 1 day) as days(day_on);

-- Lead partners: 100 slots for each era, topic, and kind of agency, divided by capacity.
-- Most go to the partner for that kind of agency.
create temp table demo_partner_slots as
with eras as (
    select era_no, min(day_on) as from_on, max(day_on) as to_on
    from demo_calendar
    group by era_no
),

kinds as (
    select *
    from (values
        ('municipal', 'executives', 1), ('sheriff', 'sheriffs', 8),
        ('county', 'executives', 2), ('state', 'executives', 3),
        ('tribal', 'tribal', 30), ('campus', 'campus', 12),
        ('special', 'labor', 2)
    ) as kinds(agency_type, kind, likelier)
),

able as (
    select
        eras.era_no,
        topic_id,
        kinds.agency_type,
        partners.partner_id,
        partners.capacity_hours_per_quarter * case
            when partners.kind = kinds.kind then kinds.likelier
            when partners.kind in ('campus', 'tribal', 'sheriffs') then 0.15
            else 1
        end as weight
    from partners
    cross join eras
    cross join kinds
    cross join unnest(partners.topic_ids) as expertise(topic_id)
    where
        partners.effective_from_on <= eras.from_on
        and (
            partners.effective_to_on is null
            or partners.effective_to_on >= eras.to_on + 150
        )
),

shared as (
    select
        *,
        sum(round(weight)::bigint) over (
            partition by era_no, topic_id, agency_type order by partner_id
        ) as weight_to,
        sum(round(weight)::bigint) over (
            partition by era_no, topic_id, agency_type
        ) as weights
    from able
)

select
    era_no,
    topic_id,
    agency_type,
    partner_id,
    unnest(
        range(
            (100 * (weight_to - round(weight)::bigint) // weights)::bigint,
            (100 * weight_to // weights)::bigint
        )
    ) as slot
from shared;

-- The hours of engagements that one partner leads, by the fiscal quarter in which each
-- began (or is planned to), against its capacity, newest first. Canceled ones don't count.
-- key: quarter_from_on
-- params: viewer, filters, as_of, partner_id
-- ignores: statuses
with loads as (
    select
        date_trunc('quarter', period_on)::date as quarter_from_on,
        count(*) as engagements,
        count(hours) as engagements_with_hours,
        sum(hours) as hours
    from engagements_of_any_period($viewer, $filters)
    where
        lead_partner_id = $partner_id::varchar
        and not is_cancelled
        and is_in_period($filters, period_on)
        and period_on is not null
    group by 1
),

-- Quarters between with nothing have a row too.
quarters as (
    select
        unnest(
            range(min(quarter_from_on), max(quarter_from_on) + interval 1 day, interval 3 month)
        )::date as quarter_from_on
    from loads
)

select
    quarter_from_on,
    fiscal_quarter(quarter_from_on) as quarter,
    coalesce(loads.engagements, 0) as engagements,
    coalesce(loads.engagements_with_hours, 0) as engagements_with_hours,
    loads.hours,
    partners.capacity_hours_per_quarter,
    share_of(coalesce(loads.hours, 0), partners.capacity_hours_per_quarter)
        as share_of_capacity,
    quarter_from_on + interval 3 month > $as_of::date + 1 as is_partial
from quarters
left join loads using (quarter_from_on)
join visible_partners($viewer) as partners on partners.partner_id = $partner_id::varchar
order by quarter_from_on desc

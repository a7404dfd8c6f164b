-- Engagements by the fiscal year, or fiscal quarter, in which they began (or are planned to),
-- first to last: the steps of the map's timeline. Those without a date are in none.
-- key: step
-- params: viewer, filters, colored_by, map_groups, step_kind
with dated as (
    select
        is_cancelled,
        case
            when $step_kind::varchar = 'quarter' then fiscal_quarter(period_on)
            else format('FY{}', fiscal_year(period_on))
        end as step,
        case
            when $step_kind::varchar = 'quarter' then date_trunc('quarter', period_on)::date
            else make_date(fiscal_year(period_on) - 1, 10, 1)
        end as step_from_on
    from map_engagements($viewer, $filters, $colored_by)
    where period_on is not null and is_chosen($map_groups::varchar[], map_group)
)

select
    step,
    step_from_on,
    case
        when $step_kind::varchar = 'quarter' then step_from_on + interval 3 month - interval 1 day
        else step_from_on + interval 1 year - interval 1 day
    end::date as step_to_on,
    count(*) as points,
    row_count(not is_cancelled) as engagements,
    row_count(is_cancelled) as engagements_cancelled
from dated
group by all
order by step_from_on, step

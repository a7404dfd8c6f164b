-- Whether each stage is faster in the chosen fiscal year to date than in the year before,
-- on the same number of days, each year as known on the last of them.
-- key: stage
-- params: viewer, filters, years, target_days, as_of
-- ignores: date_from, partners, statuses
with of_each as (
    select 'decided' as stage, *
    from stage_years($viewer, $filters, 'decided', 'all', $years, $target_days, $as_of)
    union all
    select 'assigned', *
    from stage_years($viewer, $filters, 'assigned', 'all', $years, $target_days, $as_of)
    union all
    select 'delivery_started', *
    from
        stage_years(
            $viewer, $filters, 'delivery_started', 'all', $years, $target_days, $as_of
        )
    union all
    select 'closed', *
    from stage_years($viewer, $filters, 'closed', 'all', $years, $target_days, $as_of)
    union all
    select 'received_to_assigned', *
    from
        stage_years(
            $viewer, $filters, 'received_to_assigned', 'all', $years, $target_days, $as_of
        )
)

select
    stage,
    stage_order,
    of_each.* exclude (stage, group_number),
    verdict_of(logrank_z, count(logrank_z) over ()) as verdict,
    $years['this_from_on']::date as this_year_from_on,
    $years['this_to_on']::date as this_year_to_on,
    $years['last_from_on']::date as last_year_from_on,
    $years['last_to_on']::date as last_year_to_on
from of_each
join stages() using (stage)
order by stage_order

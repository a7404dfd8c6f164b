-- Whether each stage is faster in the chosen fiscal year to date than in the year before,
-- on the same number of days, each year as known on the last of them.
-- key: stage
-- params: viewer, filters, years, target_days, as_of
-- ignores: date_from, statuses
select
    stage,
    stage_order,
    times.* exclude (group_id),
    verdict_of(logrank_z, count(logrank_z) over ()) as this_year_is,
    $years['this_from_on']::date as this_year_from_on,
    $years['this_to_on']::date as this_year_to_on,
    $years['last_from_on']::date as last_year_from_on,
    $years['last_to_on']::date as last_year_to_on
from
    stage_years(
        $viewer, $filters, null, 'stage', $years, $target_days, $as_of
    ) as times
join stages() on stage = group_id
order by stage_order, stage

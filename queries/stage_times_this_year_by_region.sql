-- Whether one stage is faster in the chosen fiscal year to date than in the year before,
-- in each region, on the same number of days, each year as known on the last of them.
-- key: region
-- params: stage, viewer, filters, years, target_days, as_of
-- ignores: date_from, statuses
with regions as (
    select distinct region, region_order::varchar as group_id
    from filtered_agencies($viewer, $filters)
)

select
    region,
    times.* exclude (group_id),
    verdict_of(logrank_z, count(logrank_z) over ()) as this_year_is,
    $years['this_from_on']::date as this_year_from_on,
    $years['this_to_on']::date as this_year_to_on,
    $years['last_from_on']::date as last_year_from_on,
    $years['last_to_on']::date as last_year_to_on
from stage_years($viewer, $filters, $stage, 'region', $years, $target_days, $as_of) as times
join regions using (group_id)
order by region

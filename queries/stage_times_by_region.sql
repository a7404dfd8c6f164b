-- How long requests of each region are in one stage.
-- key: region
-- params: stage, viewer, filters, target_days, as_of
-- ignores: statuses
with regions as (
    select distinct region, region_order::varchar as group_id
    from filtered_agencies($viewer, $filters)
)

select region, times.* exclude (group_id)
from stage_times($viewer, $filters, $stage, 'region', $target_days, $as_of) as times
join regions using (group_id)
order by region

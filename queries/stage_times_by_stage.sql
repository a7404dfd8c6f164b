-- How long requests are in each stage.
-- key: stage
-- params: viewer, filters, target_days, as_of
-- ignores: statuses
select stage, stage_order, times.* exclude (group_id)
from stage_times($viewer, $filters, null, 'stage', $target_days, $as_of) as times
join stages() on stage = group_id
order by stage_order, stage

-- How long requests that one partner leads are in each stage from its assignment on.
-- key: stage
-- params: viewer, filters, partner_id, target_days, as_of
-- ignores: statuses
with times as (
    select 'received_to_assigned' as stage, of_stage.*
    from stage_times(
        $viewer, $filters, 'received_to_assigned', 'partner', $target_days, $as_of
    ) as of_stage
    union all
    select 'delivery_started', of_stage.*
    from stage_times(
        $viewer, $filters, 'delivery_started', 'partner', $target_days, $as_of
    ) as of_stage
    union all
    select 'closed', of_stage.*
    from stage_times(
        $viewer, $filters, 'closed', 'partner', $target_days, $as_of
    ) as of_stage
)

select times.stage, stage_order, times.* exclude (stage, group_id)
from times
join stages() as known on known.stage = times.stage
where group_id = $partner_id::varchar
-- As a request goes: from received to assigned is the fifth of the stages.
order by known.stage_order < 5, known.stage_order, times.stage

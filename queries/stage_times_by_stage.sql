-- How long requests are in each stage.
-- key: stage
-- params: viewer, filters, target_days, as_of
-- ignores: partners, statuses
with of_each as (
    select 'decided' as stage, *
    from stage_times($viewer, $filters, 'decided', 'all', $target_days, $as_of)
    union all
    select 'assigned', *
    from stage_times($viewer, $filters, 'assigned', 'all', $target_days, $as_of)
    union all
    select 'delivery_started', *
    from stage_times($viewer, $filters, 'delivery_started', 'all', $target_days, $as_of)
    union all
    select 'closed', *
    from stage_times($viewer, $filters, 'closed', 'all', $target_days, $as_of)
    union all
    select 'received_to_assigned', *
    from
        stage_times(
            $viewer, $filters, 'received_to_assigned', 'all', $target_days, $as_of
        )
)

select stage, stage_order, of_each.* exclude (stage, group_id)
from of_each
join stages() using (stage)
order by stage_order

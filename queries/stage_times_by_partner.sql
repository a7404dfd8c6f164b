-- How long requests that each partner leads are in one stage, most requests first.
-- key: lead_partner_id
-- params: stage, viewer, filters, target_days, as_of
-- ignores: statuses
select
    group_id as lead_partner_id,
    joined_names([group_id], names.partner_name_of) as lead_partner_name,
    times.* exclude (group_id)
from stage_times($viewer, $filters, $stage, 'partner', $target_days, $as_of) as times
cross join partner_names($viewer) as names
order by requests_entered desc, lead_partner_id

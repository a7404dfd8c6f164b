-- The states and territories to choose from, with their regions.
-- key: state
-- params: viewer_role, viewer_partner
select
    state,
    state_name,
    region,
    division
from visible_states($viewer_role, $viewer_partner)
order by state_name, state

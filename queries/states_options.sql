-- States and territories to choose from, with their regions.
-- key: state
-- params: viewer
select
    state,
    state_name,
    region,
    division
from visible_states($viewer)
order by state_name, state

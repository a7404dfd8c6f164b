-- The agencies that each name may mean, the best first. A certain one is the only one.
select
    given_no,
    id,
    name,
    city,
    state,
    reason,
    is_close,
    is_likely,
    false as is_certain,
    place
from proposed_names
union all
select
    given_no,
    record_id,
    name,
    city,
    known_names.state,
    if(how = 'alias', 'a confirmed name', 'same name and state'),
    true,
    true,
    true,
    1
from settled_names
join known_names using (record_id)
order by given_no, place

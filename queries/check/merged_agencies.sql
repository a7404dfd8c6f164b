-- Merged agencies whose chain of merges does not end at a stored agency: the fault, number,
-- and first of them.
with recursive followed as (
    select agency_id, into_agency_id, 1 as steps
    from merged_agencies
    union all
    select followed.agency_id, merged_agencies.into_agency_id, steps + 1
    from followed
    join merged_agencies on merged_agencies.agency_id = followed.into_agency_id
    -- Circular merges have no end.
    where steps < 100
),

found as (
    select followed.agency_id
    from followed
    join agencies on agencies.agency_id = followed.into_agency_id
)

select
    'into_agency_id leads to none of the agencies' as what,
    count(*) as records,
    min(agency_id) as example
from merged_agencies
where agency_id not in (select agency_id from found)
having count(*) > 0;

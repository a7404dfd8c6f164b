-- The current record of each ID, after merges of agencies.
create or replace temp table current_ids as
with recursive followed as (
    select agency_id as id, into_agency_id as record_id, 1 as steps
    from merged_agencies
    where $dataset = 'agencies'
    union all
    select id, into_agency_id, steps + 1
    from followed
    join merged_agencies on agency_id = record_id
    -- Circular merges have no end.
    where steps < 100
)

select distinct record_id as id, record_id, state
from known_names
union
select id, record_id, known_names.state
from followed
join known_names using (record_id)
where id not in (select record_id from known_names)

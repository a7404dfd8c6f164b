-- The names of partners: name and acronym.
create or replace temp table known_names as
with labels as (
    select partner_id, partner_name, partner_name as written from partners
    union
    select partner_id, partner_name, acronym from partners
)

select
    row_number() over (order by partner_id, written) as known_no,
    partner_id as record_id,
    partner_name as name,
    written,
    null::varchar as state,
    null::varchar as city,
    null::varchar as agency_type
from labels
where written is not null

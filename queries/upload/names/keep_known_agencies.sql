create or replace temp table known_names as
select
    row_number() over (order by agency_id) as known_no,
    agency_id as record_id,
    agency_name as name,
    agency_name as written,
    state,
    city,
    agency_type
from agencies

insert into agency_codes
select
    agency_id,
    (select coalesce(max(agency_code), 0) from agency_codes)
    + row_number() over (order by agency_id)
from (select distinct agency_id from agencies)
anti join agency_codes using (agency_id)
where
    agency_id is not null
    and (
        $everything::boolean
        or agency_id in (select record_id from due where dataset = 'agencies')
    )

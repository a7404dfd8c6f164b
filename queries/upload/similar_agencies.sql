-- The new agencies of a file that look like stored ones, unless the file has those, too.
select
    similar_rows."row",
    merged.record_id,
    agencies.agency_id as stored_id,
    agencies.agency_name as stored_name
from similar_rows
join merged using ("row")
join agencies on agencies.agency_id = similar_rows.record_id
where
    is_same_county(merged.county, agencies.county)
    and agencies.agency_id not in (
        select record_id from merged where record_id is not null
    )
order by similar_rows."row"

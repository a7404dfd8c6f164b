insert into merged_agencies
values ($agency_id, $into_agency_id, $upload_id)

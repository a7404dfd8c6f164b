delete from merged_agencies
where upload_id = $upload_id

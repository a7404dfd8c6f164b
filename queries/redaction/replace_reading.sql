-- The read options of a rewritten file.
update upload_readings
set told = $told
where upload_id = $upload_id

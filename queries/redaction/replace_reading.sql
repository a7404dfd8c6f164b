-- One that was written anew is read otherwise from now on.
update upload_readings
set told = $told
where upload_id = $upload_id

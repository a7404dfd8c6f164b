insert into upload_readings
values ($upload_id, $told)

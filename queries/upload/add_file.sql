insert into upload_files
values ($upload_id, $content, $rejected)

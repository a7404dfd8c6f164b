update upload_files
set content = $content, rejected = $rejected
where upload_id = $upload_id

select content, rejected
from upload_files
where upload_id = $upload_id

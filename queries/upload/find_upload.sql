select state
from uploads
where upload_id = $upload_id

select dataset, state
from uploads
where upload_id = $upload_id

select state, dataset
from uploads
where upload_id = $upload_id

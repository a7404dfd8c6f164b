select upload_id
from upload_files
order by upload_id;

-- Every upload of which a file is kept, and what it was a file of.
select upload_id, uploads.dataset, coalesce(uploads.file_name, 'file') as file_name
from upload_files
join uploads using (upload_id)
order by upload_id;

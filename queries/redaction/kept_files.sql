-- The uploads with a stored file, with its dataset and read options.
select
    upload_id,
    uploads.dataset,
    coalesce(uploads.file_name, 'file') as file_name,
    upload_readings.told
from upload_files
join uploads using (upload_id)
left join upload_readings using (upload_id)
order by upload_id;

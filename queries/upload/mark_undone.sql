update uploads
set state = 'undone', undone_at = now(), undone_by = $undone_by
where upload_id = $upload_id

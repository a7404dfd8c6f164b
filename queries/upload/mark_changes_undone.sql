update changes
set is_undone = true
where
    upload_id = $upload_id
    and (dataset, record_id) in (select (dataset, record_id) from undoing)

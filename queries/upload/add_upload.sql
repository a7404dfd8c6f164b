insert into uploads
values (
    $upload_id, now(), $uploaded_by, $dataset, $file_name, $file_sha256,
    $rows_read, $rows_inserted, $rows_updated, $rows_unchanged, $rows_rejected,
    $warnings, 'committed', null, null
)

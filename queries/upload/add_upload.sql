insert into uploads by name
select
    $upload_id as upload_id,
    now() as uploaded_at,
    $uploaded_by as uploaded_by,
    $kind as kind,
    $dataset as dataset,
    $file_name as file_name,
    $file_sha256 as file_sha256,
    $rows_read as rows_read,
    $rows_inserted as rows_inserted,
    $rows_updated as rows_updated,
    $rows_withdrawn as rows_withdrawn,
    $rows_unchanged as rows_unchanged,
    $rows_rejected as rows_rejected,
    $warnings as warnings,
    'committed' as state

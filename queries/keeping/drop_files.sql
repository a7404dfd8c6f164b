delete from upload_files
where
    upload_id in (
        select upload_id
        from uploads
        where uploaded_at < $before::timestamptz
    )

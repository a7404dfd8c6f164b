update uploads
set
    state = case
        when exists (
            from changes
            where changes.upload_id = $upload_id and not is_undone
        )
            then 'undone in part'
        else 'undone'
    end,
    undone_at = now(),
    undone_by = $undone_by
where upload_id = $upload_id

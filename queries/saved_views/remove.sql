-- Remove one person's view.
delete from saved_views
where view_id = $view_id::varchar and saved_by = $saved_by::varchar

-- Add a saved view.
insert into saved_views by name
select
    $view_id::varchar as view_id,
    $name::varchar as view_name,
    $saved_by::varchar as saved_by,
    $page::varchar as page,
    $address::varchar as address,
    $is_shared::boolean as is_shared,
    $saved_at::timestamptz as saved_at

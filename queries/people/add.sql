-- Add a person to the list.
insert into people by name
select
    $email::varchar as email,
    $role::varchar as role,
    $partner_id::varchar as partner_id,
    $added_by::varchar as added_by,
    $added_at::timestamptz as added_at;

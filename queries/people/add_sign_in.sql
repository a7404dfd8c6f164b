-- Record a new state of a sign-in.
insert into sign_ins by name
select
    $sign_in_id::varchar as sign_in_id,
    $state::varchar as state,
    $recorded_at::timestamptz as recorded_at;

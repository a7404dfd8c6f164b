-- Record the account that a person signs in with.
insert into people_accounts by name
select
    $email::varchar as email,
    $account::varchar as account,
    $bound_at::timestamptz as bound_at;

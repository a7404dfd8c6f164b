-- Let the next sign-in say with which account a person signs in.
delete from people_accounts
where email = $email::varchar;

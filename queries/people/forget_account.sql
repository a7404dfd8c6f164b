-- Delete a person's account, so that the next sign-in records it again.
delete from people_accounts
where email = $email::varchar;

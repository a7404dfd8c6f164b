-- Remove a person from the list.
delete from people
where email = $email::varchar;

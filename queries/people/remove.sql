-- Take one person off the list.
delete from people
where email = $email::varchar;

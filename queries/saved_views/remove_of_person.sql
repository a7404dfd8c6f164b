-- Remove all views of a person.
delete from saved_views
where saved_by = $email::varchar

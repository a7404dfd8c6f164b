-- The number of administrators besides one person.
select count(*)
from people
where role = 'administrator' and email <> $email::varchar;

-- How many administrators there are but for one person.
select count(*)
from people
where role = 'administrator' and email <> $email::varchar;

-- The role and partner of one person.
select role, partner_id
from people
where email = $email::varchar;

-- What one person may sign in as.
select role, partner_id
from people
where email = $email::varchar;

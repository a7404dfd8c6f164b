-- The people who can sign in, by email.
select email, role, partner_id, added_by, added_at
from people
order by email;

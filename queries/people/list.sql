-- Who may sign in, by e-mail.
select email, role, partner_id, added_by, added_at
from people
order by email;

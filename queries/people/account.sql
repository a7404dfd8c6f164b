-- The account that a person signs in with.
select account
from people_accounts
where email = $email::varchar;

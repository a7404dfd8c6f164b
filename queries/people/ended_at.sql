-- When a person's sign-ins were last ended, in seconds since 1970. Null if never.
select epoch(max(ended_at))
from sign_ins_ended
where email = $email::varchar;

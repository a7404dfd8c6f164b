-- When the sign-ins of a person were last ended, in seconds since 1970; null: never.
select epoch(max(ended_at))
from sign_ins_ended
where email = $email::varchar;

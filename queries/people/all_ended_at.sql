-- When a restore last ended all sign-ins. Null if none did.
select max(recorded_at)
from sign_ins
where state = $state::varchar;

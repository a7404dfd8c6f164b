-- When every sign-in there was ended, as a restore does; null where none did.
select max(recorded_at)
from sign_ins
where state = $state::varchar;

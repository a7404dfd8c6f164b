-- What became of the sign-ins that may still be shown again.
select distinct sign_in_id, state
from sign_ins
where recorded_at > $since::timestamptz
order by sign_in_id, state;

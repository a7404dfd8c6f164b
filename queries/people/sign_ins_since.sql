-- The states of sign-ins whose cookies may still be valid, and since when.
select sign_in_id, state, min(recorded_at) as recorded_at
from sign_ins
where recorded_at > $since::timestamptz
group by all
order by sign_in_id, state;

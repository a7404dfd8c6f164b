-- What became of the sign-ins that may still be shown again, and when.
select sign_in_id, state, min(recorded_at) as recorded_at
from sign_ins
where recorded_at > $since::timestamptz
group by all
order by sign_in_id, state;

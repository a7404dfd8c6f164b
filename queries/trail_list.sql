-- The audit log, newest entry first: who did what and when (UTC), with seals.
-- key: entry_number
-- params: viewer, trail_from, trail_to, who, actions, row_limit
select
    entry_number,
    trail.recorded_at at time zone 'UTC' as recorded_at,
    trail.who,
    action,
    what,
    hash
from visible_trail($viewer) as trail
where
    ($trail_from::date is null or trail.recorded_at >= $trail_from::date::timestamptz)
    and ($trail_to::date is null or trail.recorded_at < $trail_to::date + 1)
    and ($who::varchar is null or contains(lower(trail.who), lower($who::varchar)))
    and ($actions::varchar[] is null or list_contains($actions::varchar[], action))
order by entry_number desc
limit $row_limit::bigint

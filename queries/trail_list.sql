-- The audit log, newest entry first: who did what and when (UTC), with seals. The days
-- trail_from and trail_to are days of time_zone, or of UTC if it is null.
-- key: entry_number
-- params: viewer, trail_from, trail_to, time_zone, who, actions, row_limit
select
    entry_number,
    trail.recorded_at at time zone 'UTC' as recorded_at,
    trail.who,
    action,
    what,
    hash
from visible_trail($viewer) as trail
where
    (
        $trail_from::date is null
        or trail.recorded_at
            >= timezone(coalesce($time_zone::varchar, 'UTC'), $trail_from::date::timestamp)
    )
    and (
        $trail_to::date is null
        or trail.recorded_at
            < timezone(coalesce($time_zone::varchar, 'UTC'), ($trail_to::date + 1)::timestamp)
    )
    and ($who::varchar is null or contains(lower(trail.who), lower($who::varchar)))
    and ($actions::varchar[] is null or list_contains($actions::varchar[], action))
order by entry_number desc
limit $row_limit::bigint

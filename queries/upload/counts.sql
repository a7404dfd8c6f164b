-- The counts of a checked file, in one row.
select
    coalesce(count(*) filter (where change = 'new'), 0) as inserted,
    coalesce(count(*) filter (where change = 'changed'), 0) as updated,
    (
        select count(distinct "row") from problems where severity = 'error'
    ) as rejected,
    (select count(*) from problems where severity = 'warning') as warnings
from good

-- The similarity of each heading to each name of a column, from 0 to 1. Combines two
-- measures: the first gives too much weight to a common start ("agencey name", "agency type
-- name"), and the second does not recognize swapped letters.
select
    headings.position as place,
    names.column_name,
    max(
        jaro_winkler_similarity(headings.heading, names.known_as) / 2
        + (
            1
            - levenshtein(headings.heading, names.known_as)
            / greatest(length(headings.heading), length(names.known_as), 1)
        ) / 2
    ) as likeness
from (
    select unnest($headings) as heading, generate_subscripts($headings, 1) as position
) as headings
cross join (
    select unnest($columns) as column_name, unnest($names) as known_as
) as names
group by all
order by likeness desc, place, column_name

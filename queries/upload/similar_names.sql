-- How alike each heading is to each name that a column goes by: 0 to 1. Two
-- measures together: the first likes a common start too much ("agencey name",
-- "agency type name"), the second does not see that letters have only moved.
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

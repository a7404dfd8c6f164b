-- The audit log's entries about publications, newest last, since the last restore that did
-- not carry publications over, or since the store was last emptied or filled.
select what
from audit
where
    action = $published::varchar
    and entry_number > coalesce(
        (
            select max(entry_number)
            from audit
            where
                list_contains($begun_anew::varchar[], action)
                or (
                    action = $restored::varchar
                    and not coalesce(
                        list_contains(
                            json_extract_string(what, '$.goes_on[*]')::varchar[],
                            'published'
                        ),
                        false
                    )
                )
        ),
        0
    )
order by entry_number;

-- What the trail says was published since a restore that left it out, or since the
-- store began anew, with a demonstration or without: newest last.
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
